using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/declared</c>: lists, adds and removes providers that operators declare without code. A worker checks a declaration
/// before it is stored.
/// </summary>
internal sealed class DeclarationsEndpoint(SourceStore book, WorkerQuestions workers)
{
    /// <summary>Lists the declarations, retired ones included.</summary>
    public async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<DeclarationView> views = await ViewsAsync(context.RequestAborted);
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListDeclarationView);
    }

    /// <summary>Every declaration, by key.</summary>
    public async Task<IReadOnlyList<DeclarationView>> ViewsAsync(CancellationToken cancellationToken) =>
    [
        .. (await book.ReadDeclarationsAsync(cancellationToken)).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(
            entry => DeclarationView.Of(entry.Key, entry.Value)),
    ];

    /// <summary>Shows one.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var key = Key(context);
        var record = (await book.ReadDeclarationsAsync(context.RequestAborted)).GetValueOrDefault(key) ?? throw Unknown(key);
        await OpsHttp.SendAsync(context, DeclarationView.Of(key, record), OpsFormat.Json.DeclarationView, record.Revision);
    }

    /// <summary>Declares a provider, or replaces its declaration.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var key = Key(context);
        var expected = OpsHttp.ExpectedRevision(context.Request);
        var block = await OpsHttp.ReadAsync(context, OpsFormat.Json.JsonElement);
        OpsHttp.RefuseNoText("block", block);
        if (!ProviderKey.IsOne(key))
        {
            throw ProblemException.BadValue("provider", key, $"is not a provider key: {ProviderKey.Form}");
        }

        var answer = await workers.AskAsync(context, QuestionKind.Declaration, key, block.GetRawText());
        if (SourceText.ReadDeclarationAnswer(answer).Problems is { Count: > 0 } problems)
        {
            throw OpsHttp.Refused(problems);
        }

        await StoreAsync(context, key, expected, _ => new StoredDeclaration { Block = block });
    }

    /// <summary>Retires a provider: it is asked no more, and its history stays.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var key = Key(context);
        await StoreAsync(context, key, OpsHttp.ExpectedRevision(context.Request), before =>
            before?.Value is { } declaration ? declaration with { Retired = true, File = null } : throw Unknown(key));
    }

    /// <summary>Shows what a declaration reads, or what does not fit and where. Nothing is stored.</summary>
    public async Task TryAsync(HttpContext context)
    {
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.DryRun);
        OpsHttp.RefuseNoText("block", asked.Block);
        if (asked.Body is not null && asked.Base64 is not null)
        {
            throw ProblemException.BadParameter("body", "is given twice: as body and as base64");
        }

        if (context.Request.RouteValues.ContainsKey("provider"))
        {
            var key = Key(context);
            asked = asked.Key is null || asked.Key == key ? asked with { Key = key }
                : throw ProblemException.BadValue("key", asked.Key, $"is not the provider of the path, {key}; leave it out");
        }

        var answer = await workers.AskAsync(context, QuestionKind.Try, asked.Key ?? "", SourceText.Write(asked));
        var tried = SourceText.ReadDryRunAnswer(answer);
        if (tried.Problems.Count > 0)
        {
            throw OpsHttp.Refused(tried.Problems);
        }

        await OpsHttp.SendAsync(context, tried, OpsFormat.Json.DryRunAnswer);
    }

    private static string Key(HttpContext context) => ((string)context.Request.RouteValues["provider"]!).ToLowerInvariant();

    private static ProblemException Unknown(string key) =>
        ProblemException.Unknown("provider", key, "is no declared provider; GET /v1/ops/declared lists them");

    private async Task StoreAsync(
        HttpContext context, string key, long? expected, Func<DeclarationRecord?, StoredDeclaration> change)
    {
        while (true)
        {
            var before = (await book.ReadDeclarationsAsync(context.RequestAborted)).GetValueOrDefault(key);
            if (expected is { } seen && seen != (before?.Revision ?? 0))
            {
                throw OpsHttp.Conflict($"The declaration of {key}", before?.Revision ?? 0);
            }

            if (await book.EditDeclarationAsync(
                key, before?.Revision ?? 0, change(before), Caller.Of(context).Name, context.RequestAborted) is not null)
            {
                await ShowAsync(context);
                return;
            }
        }
    }
}

/// <summary>A provider that operators declared without code, as <c>/v1/ops/declared</c> lists it.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Name">The institution's name; empty when the declaration cannot be read.</param>
/// <param name="Revision">For <c>If-Match</c>.</param>
/// <param name="By">Who declared it.</param>
/// <param name="At">When.</param>
/// <param name="Retired">True once it was taken back.</param>
/// <param name="File">The file that it was read from; left out where an operator gave it.</param>
/// <param name="Block">The block.</param>
internal sealed record DeclarationView(
    string Provider, string Name, long Revision, string By, DateTimeOffset At, bool Retired, string? File, JsonElement? Block)
{
    /// <summary>A stored declaration's view.</summary>
    public static DeclarationView Of(string provider, DeclarationRecord record) => new(
        provider,
        record.Value?.Block is { ValueKind: JsonValueKind.Object } block && block.TryGetProperty("name", out var name)
            && name.ValueKind == JsonValueKind.String ? name.GetString()! : "",
        record.Revision, record.By, record.At, record.Value?.Retired ?? false, record.Value?.File, record.Value?.Block);
}
