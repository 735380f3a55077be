using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Settings;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Receivers that are told of each change of rates over HTTP, with a signature. Settings of the section <c>Rates:Webhooks</c>; without a
/// subscription nothing is sent.
/// </summary>
[SettingsSection(Section)]
public sealed class SubscriptionOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Rates:Webhooks";

    /// <summary>The receivers; none unless set.</summary>
    public IList<Subscription> Subscriptions { get; init; } = [];
}

/// <summary>One receiver of changes.</summary>
public sealed class Subscription
{
    /// <summary>Its name, for logs and the record of what was not delivered: lower-case letters, digits, dash and underscore.</summary>
    public string Name { get; set; } = "";

    /// <summary>The address that changes are posted to; empty where <see cref="UrlFile"/> has it.</summary>
    public string Url { get; set; } = "";

    /// <summary>File with the address, for receivers whose address is itself a secret; empty for none.</summary>
    public string UrlFile { get; set; } = "";

    /// <summary>File with the secret that each message is signed with.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>Which changes are told: published, revised, stale, failed; empty for all.</summary>
    public IList<string> Events { get; init; } = [];

    /// <summary>Keys of the providers whose changes are told, in any case; empty for all.</summary>
    public IList<string> Providers { get; init => field = [.. ProviderKey.Written(value)]; } = [];
}

/// <summary>
/// Checks names, addresses, files, events and provider keys of <see cref="SubscriptionOptions"/>, which no range can express.
/// </summary>
internal sealed class SubscriptionOptionsValidator : IValidateOptions<SubscriptionOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SubscriptionOptions options)
    {
        string[] problems =
        [
            .. options.Subscriptions.Index()
                .SelectMany(one => Problems($"{SubscriptionOptions.Section}:Subscriptions:{one.Index}", one.Item)).OfType<string>(),
            .. options.Subscriptions.CountBy(one => one.Name).Where(name => name.Key.Length > 0 && name.Value > 1)
                .Select(name => $"{SubscriptionOptions.Section}:Subscriptions: the name '{name.Key}' is given twice"),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string?> Problems(string path, Subscription subscription)
    {
        yield return WebhookName.IsOne(subscription.Name) ? null : $"{path}:Name '{subscription.Name}' is not a name: {WebhookName.Form}";
        yield return subscription.SecretFile.Length > 0 ? null : $"{path}:SecretFile is missing: every message is signed";
        foreach (var problem in AlertOptionsValidator.WebhookProblems(
            path, new() { Url = subscription.Url, UrlFile = subscription.UrlFile, SecretFile = subscription.SecretFile }))
        {
            yield return problem;
        }

        foreach (var unknown in subscription.Events.Except(WebhookEvent.Names))
        {
            yield return $"{path}:Events '{unknown}' is not a change: {NearestName.Hint(unknown, WebhookEvent.Names)}";
        }

        foreach (var wrong in subscription.Providers.Where(key => !ProviderKey.IsOne(key)))
        {
            yield return $"{path}:Providers '{wrong}' is not a provider key: {ProviderKey.Form}";
        }
    }
}
