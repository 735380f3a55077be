using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Settings;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/webhooks</c>: shows the receivers of changes and how they are doing, sets, pauses, removes and tests them while
/// workers run. Secrets are named, never sent.
/// </summary>
internal sealed class WebhooksEndpoint(WebhookStore store, WorkerQuestions workers, IOptions<ApiOptions> options)
{
    private const int MostProviders = 100;

    /// <summary>The most that operators may set.</summary>
    public int Most => options.Value.MaxWebhooks;

    /// <summary>Every webhook.</summary>
    public async Task<IReadOnlyList<WebhookState>> ReadAsync(CancellationToken cancellationToken) => WebhookState.All(
        await store.ReadDefinitionsAsync(cancellationToken), (await store.ReadMemoryAsync(cancellationToken)).Value,
        await store.ReadDeadLettersAsync(cancellationToken));

    /// <summary>Lists them.</summary>
    public async Task ListAsync(HttpContext context) =>
        await OpsHttp.SendAsync(context, await ReadAsync(context.RequestAborted), OpsFormat.Json.IReadOnlyListWebhookState);

    /// <summary>Shows one.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var state = await FindAsync(context);
        await OpsHttp.SendAsync(context, state, OpsFormat.Json.WebhookState, state.Revision);
    }

    /// <summary>Sets one, after a worker has checked it.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var name = Name(context);
        var expected = OpsHttp.ExpectedRevision(context.Request);
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.WebhookDefinition);
        asked = asked with { Providers = ProviderKey.Written(asked.Providers) };
        Check(name, asked);
        RefuseOneTooMany(name, await store.ReadDefinitionsAsync(context.RequestAborted));
        var answer = WebhookText.ReadAnswer(await workers.AskAsync(context, QuestionKind.Webhook, name, WebhookText.Write(asked)));
        if (answer.Problems.Count > 0)
        {
            throw OpsHttp.Refused(answer.Problems);
        }

        await EditAsync(context, name, expected, _ => asked);
        await ShowAsync(context);
    }

    /// <summary>Has nothing posted to it: changes wait.</summary>
    public Task PauseAsync(HttpContext context) => SetPausedAsync(context, isPaused: true);

    /// <summary>Has changes posted to it again.</summary>
    public Task ResumeAsync(HttpContext context) => SetPausedAsync(context, isPaused: false);

    /// <summary>Removes one that operators set, with all that waits for it and its dead letters.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var (name, expected) = (Name(context), OpsHttp.ExpectedRevision(context.Request));
        if (!(await store.ReadDefinitionsAsync(context.RequestAborted)).ContainsKey(name))
        {
            throw ProblemException.Unknown("name", name, "is no webhook that operators set; those of the settings are removed there");
        }

        await EditAsync(context, name, expected, _ => null);
        if ((await store.ReadMemoryAsync(context.RequestAborted)).Value?.Receivers.GetValueOrDefault(name) is not { IsOfSettings: true })
        {
            foreach (var letter in await LettersAsync(name, context.RequestAborted))
            {
                await store.EditDeadLetterAsync(letter, isDeleted: true, Caller.Of(context).Name, change: null, context.RequestAborted);
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Has a worker send a test at once, and answers what the receiver did with it.</summary>
    public async Task TestAsync(HttpContext context)
    {
        var name = (await FindAsync(context)).Name;
        var answer = WebhookText.ReadTestAnswer(await workers.AskAsync(context, QuestionKind.WebhookTest, name, ""));
        var result = answer.Result ?? throw OpsHttp.Refused(answer.Problems);
        await store.RecordTestAsync(result, Caller.Of(context).Name, context.RequestAborted);
        await OpsHttp.SendAsync(context, result, OpsFormat.Json.WebhookTestResult);
    }

    /// <summary>Lists what was given up of one.</summary>
    public async Task ListDeadAsync(HttpContext context)
    {
        var name = (await FindAsync(context)).Name;
        IReadOnlyList<DeadLetterView> views =
            [.. (await LettersAsync(name, context.RequestAborted)).Select(one => DeadLetterView.Of(one.Value))];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListDeadLetterView);
    }

    /// <summary>Every dead letter, oldest first.</summary>
    public async Task<IReadOnlyList<DeadLetterView>> ReadDeadAsync(CancellationToken cancellationToken) =>
        [.. (await store.ReadDeadLettersAsync(cancellationToken)).Select(one => DeadLetterView.Of(one.Value))];

    /// <summary>Has a dead letter posted again, within seconds and for a day as at first.</summary>
    public async Task SendAgainAsync(HttpContext context)
    {
        var letter = await EditLetterAsync(context, letter => letter with { SendAgain = true }, "sent again");
        await OpsHttp.SendAsync(context, DeadLetterView.Of(letter), OpsFormat.Json.DeadLetterView, status: StatusCodes.Status202Accepted);
    }

    /// <summary>Takes a dead letter off the list.</summary>
    public async Task DeleteDeadAsync(HttpContext context)
    {
        await EditLetterAsync(context, _ => null, "deleted");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string Name(HttpContext context) => ((string)context.Request.RouteValues["name"]!).ToLowerInvariant();

    private static ProblemException Unknown(string name) =>
        ProblemException.Unknown("name", name, "is no webhook; GET /v1/ops/webhooks lists them");

    // What only a worker knows, it checks: whether the address is allowed and the secret is there.
    private static void Check(string name, WebhookDefinition asked)
    {
        if (!WebhookName.IsOne(name))
        {
            throw ProblemException.BadValue("name", name, $"is not the name of a webhook: {WebhookName.Form}");
        }

        foreach (var unknown in asked.Events.Where(one => !WebhookEvent.Names.Contains(one)))
        {
            throw ProblemException.BadValue(
                "events", unknown ?? "null", $"is not a change: {NearestName.Hint(unknown ?? "", WebhookEvent.Names)}");
        }

        foreach (var wrong in asked.Providers.Where(key => !ProviderKey.IsOne(key ?? "")))
        {
            throw ProblemException.BadValue("providers", wrong ?? "null", "is not a provider key; /v1/providers lists them");
        }

        if (asked.Providers.Count > MostProviders)
        {
            throw ProblemException.BadParameter("providers", $"are {asked.Providers.Count}; at most {MostProviders} are taken");
        }
    }

    // Two that operators add at the same instant may go one over the limit, which does no harm.
    private void RefuseOneTooMany(string name, IReadOnlyDictionary<string, WebhookRecord> stored)
    {
        var others = stored.Count(one => one.Key != name && one.Value.Value?.Secret is not null);
        if (stored.GetValueOrDefault(name)?.Value?.Secret is null && others >= Most)
        {
            throw ProblemException.BadValue(
                "name", name, $"would be one webhook more than the {Most} that Rates:Api:MaxWebhooks allows; remove another first");
        }
    }

    private async Task SetPausedAsync(HttpContext context, bool isPaused)
    {
        var state = await FindAsync(context);
        if (state.Origin == WebhookState.Gone)
        {
            throw Unknown(state.Name);
        }

        await EditAsync(context, state.Name, null, before => before is { Value: null }
            ? throw ProblemException.BadValue("name", state.Name, "cannot be read from the store: set it again")
            : (before?.Value ?? new()) with { Paused = isPaused });
        await ShowAsync(context);
    }

    private async Task<WebhookState> FindAsync(HttpContext context)
    {
        var name = Name(context);
        return (await ReadAsync(context.RequestAborted)).FirstOrDefault(one => one.Name == name) ?? throw Unknown(name);
    }

    private async Task EditAsync(HttpContext context, string name, long? expected, Func<WebhookRecord?, WebhookDefinition?> change)
    {
        while (true)
        {
            var before = (await store.ReadDefinitionsAsync(context.RequestAborted)).GetValueOrDefault(name);
            if (expected is { } seen && seen != (before?.Revision ?? 0))
            {
                throw OpsHttp.Conflict($"The webhook {name}", before?.Revision ?? 0);
            }

            if (await store.EditDefinitionAsync(
                name, before, change(before), Caller.Of(context).Name, context.RequestAborted) is not null)
            {
                return;
            }
        }
    }

    private async Task<IReadOnlyList<WithRevision<WebhookDeadLetter>>> LettersAsync(string name, CancellationToken cancellationToken) =>
        [.. (await store.ReadDeadLettersAsync(cancellationToken)).Where(letter => letter.Value.Delivery.Subscription == name)];

    private async Task<WebhookDeadLetter> EditLetterAsync(
        HttpContext context, Func<WebhookDeadLetter, WebhookDeadLetter?> change, string told)
    {
        var (name, id) = (Name(context), (string)context.Request.RouteValues["id"]!);
        while ((await LettersAsync(name, context.RequestAborted)).FirstOrDefault(one => one.Value.Delivery.Id == id) is { } letter)
        {
            var after = change(letter.Value);
            var delivery = letter.Value.Delivery;
            if (await store.EditDeadLetterAsync(
                new(letter.Revision, after ?? letter.Value), after is null, Caller.Of(context).Name,
                ($"dead letter {delivery.Change.Event} {delivery.Change.Provider} {id}", told), context.RequestAborted) is not null)
            {
                return after ?? letter.Value;
            }
        }

        throw ProblemException.Unknown("id", id, $"is no dead letter of {name}; GET /v1/ops/webhooks/{name}/dead-letters lists them");
    }
}
