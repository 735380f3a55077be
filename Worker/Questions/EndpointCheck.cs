using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Checks whether an operator's change of a provider's addresses, headers or key can come into force on this worker, and tells how the
/// provider is reached then.
/// </summary>
internal sealed class EndpointCheck(ProviderTable table, EndpointResolver resolver, EndpointRules rules, WorkerOptions options)
{
    /// <summary>Answers.</summary>
    /// <param name="provider">The provider's key.</param>
    /// <param name="asked">What is to come into force; null to be told what is in force.</param>
    public EndpointAnswer Check(string provider, EndpointOverride? asked)
    {
        if (table.Base(provider) is not { } configured)
        {
            return new([new("provider", provider, "is not known to the workers")], null);
        }

        if (asked is null)
        {
            return new([], View(provider, configured.Block, table.Find(provider)!.Block));
        }

        var isDeclared = table.IsDeclared(provider);
        var problems = resolver.Problems(asked, configured.Block, isDeclared);
        if (problems.Count > 0)
        {
            return new(problems, null);
        }

        var change = resolver.Resolve(asked, configured.Block, isDeclared).Change!;
        return new([], View(provider, configured.Block, configured.Block.With(change)));
    }

    private EndpointView View(string provider, ProviderBlock configured, ProviderBlock block) => new()
    {
        Provider = provider,
        Address = block.Address?.AbsoluteUri,
        Addresses = block.Addresses.ToDictionary(entry => entry.Key, entry => entry.Value.AbsoluteUri),
        Headers = [.. block.Headers.Where(header => header.Value.Length > 0).Select(header => header.Key)],
        NeedsKey = block.Credential is not null,
        HasKey = block.Key.Length > 0,
        AllowedHosts = rules.AllowedHosts(configured),
        Problem = block.Profile(provider).Enabled ? "" : block.Profile(provider).Note,
        Worker = options.Id,
    };
}
