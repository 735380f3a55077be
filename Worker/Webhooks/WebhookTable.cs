using Rates.Store;

namespace Rates.Worker;

/// <summary>The receivers of changes: those of the settings, and those that operators set while workers run.</summary>
/// <remarks>
/// A name of the settings stays theirs: of what operators set under it only the pause counts. What operators set lies in the store, so all
/// workers have it; the settings of all workers are to name the same receivers.
/// </remarks>
internal sealed class WebhookTable : IDisposable
{
    private readonly SubscriptionOptions _options;
    private readonly WebhookStore _store;
    private readonly SecretReader _secrets;
    private readonly WebhookRules _rules;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _anywhere = PostConnections.ToAnywhere();
    private readonly HttpMessageInvoker _allowed;
    private readonly Lock _lock = new();
    private (long Revision, IReadOnlyDictionary<string, WebhookRecord> Set) _read = (-1, new Dictionary<string, WebhookRecord>());

    public WebhookTable(
        SubscriptionOptions options, WebhookStore store, SecretReader secrets, WebhookRules rules, SourceConnector connector,
        StoreClock time)
    {
        (_options, _store, _secrets, _rules, _time) = (options, store, secrets, rules, time);
        _allowed = PostConnections.ToAllowed(connector);
    }

    /// <summary>True for a name of the settings.</summary>
    public bool IsOfSettings(string name) => _options.Subscriptions.Any(one => one.Name == name);

    /// <summary>Every receiver, by name.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, Webhook>> ReadAsync(CancellationToken cancellationToken)
    {
        var revision = await _store.ReadRevisionAsync(cancellationToken);
        (long Revision, IReadOnlyDictionary<string, WebhookRecord> Set) read;
        lock (_lock)
        {
            read = _read;
        }

        if (read.Revision != revision)
        {
            // What changed after the revision was read is read again at the next look.
            read = (revision, await _store.ReadDefinitionsAsync(cancellationToken));
            lock (_lock)
            {
                _read = read;
            }
        }

        return _options.Subscriptions.Select(one => OfSettings(one, read.Set.GetValueOrDefault(one.Name)))
            .Concat(read.Set.Where(one => one.Value.Value is { Secret: not null } && !IsOfSettings(one.Key))
                .Select(one => OfOperators(one.Key, one.Value.Value!)))
            .ToDictionary(one => one.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _anywhere.Dispose();
        _allowed.Dispose();
    }

    private Webhook OfSettings(Subscription one, WebhookRecord? set)
    {
        var target = new WebhookOptions { Url = one.Url, UrlFile = one.UrlFile, SecretFile = one.SecretFile };
        return new(
            one.Name, IsOfSettings: true, set?.Value?.Paused ?? false, [.. one.Events], [.. one.Providers], Shown(one),
            new(_anywhere, () => PostTarget.Of(target), _time));
    }

    private Webhook OfOperators(string name, WebhookDefinition webhook) => new(
        name, IsOfSettings: false, webhook.Paused, webhook.Events, webhook.Providers,
        webhook.ShownAddress, new(_allowed, () => Target(webhook), _time));

    // Settings and files may change after they were checked, so a webhook is checked again before each message.
    private PostTarget Target(WebhookDefinition webhook)
    {
        var (address, problems) = _rules.Address(webhook);
        if (problems is [var first, ..])
        {
            throw new AlertException(first.ToString());
        }

        var (secret, problem) = _secrets.Read(webhook.Secret!);
        return secret is null ? throw new AlertException($"its secret {problem}") : new(address!.AbsoluteUri, secret);
    }

    // An address in a file is one that is itself a secret.
    private static string Shown(Subscription one) => one.UrlFile.Length > 0
        ? $"address from file {Path.GetFileName(one.UrlFile)}"
        : Uri.TryCreate(one.Url, UriKind.Absolute, out var address)
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : "";
}
