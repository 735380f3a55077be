using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Checks what an operator set of a provider's addresses and credentials, looks its secrets up, and gives the settings that requests are
/// made with.
/// </summary>
internal sealed class EndpointResolver(EndpointRules rules, SecretReader secrets)
{
    /// <summary>What is wrong with an override, its secrets on this machine included; empty when it can come into force here.</summary>
    public IReadOnlyList<FieldProblem> Problems(EndpointOverride asked, ProviderBlock block, bool isDeclared)
    {
        List<FieldProblem> problems = [.. rules.Problems(asked, block, isDeclared)];
        foreach (var (name, reference) in asked.SecretHeaders)
        {
            if (secrets.Read(reference).Problem is { } problem)
            {
                problems.Add(new($"secretHeaders.{name}", "", problem));
            }
        }

        if (asked.Key is { } key && secrets.Read(key).Problem is { } wrong)
        {
            problems.Add(new("key", "", wrong));
        }

        return problems;
    }

    /// <summary>What is to be laid over the block; null, and why in words, when it cannot be used.</summary>
    /// <param name="stored">What is stored; null when it cannot be read.</param>
    /// <param name="block">The block of the program, with the settings of this machine over it.</param>
    /// <param name="isDeclared">True for a provider that operators declared.</param>
    public (EndpointChange? Change, string Problem) Resolve(EndpointOverride? stored, ProviderBlock block, bool isDeclared)
    {
        if (stored is null)
        {
            return (null, "what is stored of its endpoint cannot be read: set it again, or take it back");
        }

        var problems = Problems(stored, block, isDeclared);
        return problems.Count > 0
            ? (null, string.Join("; ", problems))
            : (new()
            {
                Address = stored.Address is { } address ? Folder(address) : null,
                Addresses = stored.Addresses.ToDictionary(entry => entry.Key, entry => Folder(entry.Value)),
                Headers = stored.Headers,
                SecretHeaders = stored.SecretHeaders.ToDictionary(entry => entry.Key, entry => secrets.Read(entry.Value).Secret!),
                Key = stored.Key is { } key ? secrets.Read(key).Secret : null,
            }, "");
    }

    // The paths of requests are relative: without the slash the last part of the address would be lost.
    private static Uri Folder(string address) => new(address.EndsWith('/') ? address : $"{address}/");
}
