using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Decides which webhooks operators may set: their addresses obey the rules for those of declared providers, and secrets are named.
/// </summary>
internal sealed class WebhookRules(EndpointRules rules, SecretReader secrets)
{
    private const int LongestAddress = 1000;

    /// <summary>What is wrong with a webhook; empty when it may be set. No secret is quoted.</summary>
    public IReadOnlyList<FieldProblem> Problems(WebhookDefinition webhook)
    {
        List<FieldProblem> problems = [.. Address(webhook).Problems];
        if (webhook.Secret is not { } reference)
        {
            problems.Add(new("secret", "", "is missing: every message is signed"));
        }
        else if (secrets.Read(reference).Problem is { } wrong)
        {
            problems.Add(new("secret", "", wrong));
        }

        return problems;
    }

    /// <summary>The address of a webhook, or what is wrong with it.</summary>
    public (Uri? Address, IReadOnlyList<FieldProblem> Problems) Address(WebhookDefinition webhook) => webhook switch
    {
        { Address: not null, AddressFrom: not null } or { Address: null, AddressFrom: null } =>
            (null, [new("address", "", "is to be given once: as address, or by addressFrom where it is a secret")]),
        { AddressFrom: { } reference } => secrets.Read(reference) switch
        {
            (null, var problem) => (null, [new("addressFrom", "", problem!)]),
            ({ } text, _) => Checked("addressFrom", text, isSecret: true),
        },
        _ => Checked("address", webhook.Address!, isSecret: false),
    };

    private (Uri? Address, IReadOnlyList<FieldProblem> Problems) Checked(string field, string text, bool isSecret)
    {
        if (text.Length > LongestAddress || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http"))
        {
            return (null, [new(field, isSecret ? "" : EndpointRules.Shown(text), "is not an absolute http or https address")]);
        }

        if (!isSecret && (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0))
        {
            return (null,
            [
                new(field, "", "must have no user, password, query or fragment: an address with secrets is named by addressFrom"),
            ]);
        }

        return rules.PublicProblem(address) is { } problem
            ? (null, [new(field, isSecret ? "" : EndpointRules.Shown(text), problem)])
            : (address, []);
    }
}
