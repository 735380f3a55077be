using System.Diagnostics;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Checks webhooks that operators want to set, and sends the tests that they ask for.</summary>
internal sealed class WebhookTrial(WebhookTable table, WebhookRules rules, WorkerOptions options, StoreClock time)
{
    /// <summary>Whether a webhook may be set under a name.</summary>
    public WebhookAnswer Check(string name, WebhookDefinition webhook) => new(table.IsOfSettings(name)
        ? [new("name", name, $"is a webhook of the settings, {SubscriptionOptions.Section}:Subscriptions: change it there")]
        : rules.Problems(webhook));

    /// <summary>Sends a test at once, also while the webhook is paused. It is not tried again.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<WebhookTestAnswer> SendAsync(string name, CancellationToken cancellationToken)
    {
        if ((await table.ReadAsync(cancellationToken)).GetValueOrDefault(name) is not { } webhook)
        {
            return new([new("name", name, $"is no webhook that the worker {options.Id} knows")], null);
        }

        var test = new WebhookEvent(
            WebhookEvent.Test, WebhookEvent.Test, $"A test of the webhook {name}: no rate has changed", "fresh", null, null, null, null);
        var id = ChangeLook.NewId();
        var (status, reason) = ((int?)null, (string?)null);
        var began = Stopwatch.GetTimestamp();
        try
        {
            status = await webhook.SendAsync(id, test, time, cancellationToken);
        }
        catch (AlertException problem)
        {
            (status, reason) = (problem.Status, problem.Message);
        }

        var took = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return new([], new(name, id, reason is null, status, took, reason, options.Id));
    }
}
