using System.Net;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Decides which addresses and headers of a provider an operator may set: only hosts that the provider ships with, or that the settings of
/// this machine allow. Secrets go to no other host.
/// </summary>
internal sealed class EndpointRules(PrivateAccess access)
{
    private const int LongestAddress = 1000;
    private const int LongestHeader = 1000;
    private const int MostHeaders = 20;

    // What requests carry for the connection, the answer's form or conditions is decided by the program.
    private static readonly HashSet<string> Fixed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect",
        "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "Proxy-Authorization", "Proxy-Connection",
    };

    /// <summary>Hosts that an address of the provider may name.</summary>
    /// <param name="block">As it ships, with the settings of this machine over it.</param>
    public IReadOnlyList<string> AllowedHosts(ProviderBlock block) =>
        [.. Own(block).Select(own => own.IdnHost).Concat(access.Hosts).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What is wrong with an override; empty when it may come into force.</summary>
    /// <param name="change">The override.</param>
    /// <param name="block">As it ships, with the settings of this machine over it.</param>
    /// <param name="isDeclared">True for a provider that operators declared: its own hosts are theirs, and get no secrets.</param>
    public IReadOnlyList<FieldProblem> Problems(EndpointOverride change, ProviderBlock block, bool isDeclared)
    {
        List<FieldProblem> problems = [];
        if (change.Address is { } main)
        {
            problems.AddRange(AddressProblems("address", main, block));
        }

        foreach (var (name, address) in change.Addresses)
        {
            problems.AddRange(block.Addresses.ContainsKey(name)
                ? AddressProblems($"addresses.{name}", address, block)
                : [new($"addresses.{name}", address, $"is an address that {Names(block)}")]);
        }

        problems.AddRange(change.Headers.SelectMany(header => HeaderProblems("headers", header.Key, header.Value)));
        problems.AddRange(change.SecretHeaders.SelectMany(header => HeaderProblems("secretHeaders", header.Key, null)));
        problems.AddRange(
            from name in change.Headers.Keys.Intersect(change.SecretHeaders.Keys, StringComparer.OrdinalIgnoreCase)
            select new FieldProblem("headers", name, "is given twice: in headers and in secretHeaders"));
        if (change.Headers.Count + change.SecretHeaders.Count > MostHeaders)
        {
            problems.Add(new("headers", "", $"are more than {MostHeaders}, secret ones included"));
        }

        if (change.Key is not null && block.Credential is null)
        {
            problems.Add(new(
                "key", "",
                "this source takes no key; a header with a secret is given as secretHeaders (--header-file on the command line)"));
        }

        if (isDeclared && (change.Key is not null || change.SecretHeaders.Count > 0))
        {
            problems.AddRange(
                from address in InForce(change, block)
                where !access.Allows(address.IdnHost)
                select new FieldProblem("address", address.AbsoluteUri, NoSecrets(address)));
        }

        return problems;
    }

    /// <summary>
    /// What is wrong with the address and headers of a declared provider: https on a public host, or a host that the settings of this
    /// machine allow; no credentials in headers.
    /// </summary>
    public IReadOnlyList<FieldProblem> DeclaredProblems(ProviderBlock block)
    {
        List<FieldProblem> problems = [.. block.Headers.SelectMany(header => HeaderProblems("headers", header.Key, header.Value))];
        if (block.Headers.Count > MostHeaders)
        {
            problems.Add(new("headers", "", $"are more than {MostHeaders}"));
        }

        if (block.Address is not { IsAbsoluteUri: true } address)
        {
            return problems;
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            problems.Add(new("address", "", "must have no user, password, query or fragment"));
        }

        if (PublicProblem(address) is { } problem)
        {
            problems.Add(new("address", Shown(address.AbsoluteUri), problem));
        }

        return problems;
    }

    /// <summary>
    /// Why an address that operators enter may not be used: it is neither https on a public host nor on a host that the settings of this
    /// machine allow. Null when it may.
    /// </summary>
    /// <remarks>A name is resolved only when it is connected to: then <see cref="SourceConnector"/> looks at what it stands for.</remarks>
    public string? PublicProblem(Uri address)
    {
        var isLiteral = IPAddress.TryParse(address.IdnHost, out var literal);
        return access.Allows(address.IdnHost) || (isLiteral && access.Allows(literal!))
            || (address is { Scheme: "https", IsDefaultPort: true } && !isLiteral && address.IdnHost.Contains('.'))
            ? null
            : $"is not https on a public host; any other host is allowed by {WorkerOptions.Section}:AllowedHosts, AllowedNetworks or "
                + "AllowedHostsFile";
    }

    private static string Names(ProviderBlock block) => block.Addresses.Count == 0
        ? "this provider does not have: it has only its main address"
        : $"this provider does not have: it has {string.Join(", ", block.Addresses.Keys)}";

    private static string NoSecrets(Uri address) =>
        $"may be sent no secret: allow its host {address.IdnHost} in {WorkerOptions.Section}:AllowedHosts or AllowedHostsFile first";

    private IEnumerable<FieldProblem> AddressProblems(string field, string text, ProviderBlock block)
    {
        if (text.Length > LongestAddress || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http"))
        {
            return [new(field, Shown(text), "is not an absolute http or https address")];
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return [new(field, "", "must have no user, password, query or fragment: keys are given by key or secretHeaders")];
        }

        if (access.Allows(address.IdnHost) || (IPAddress.TryParse(address.IdnHost, out var literal) && access.Allows(literal)))
        {
            return [];
        }

        if (!Own(block).Any(own => own.IdnHost.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase)))
        {
            return
            [
                new(
                    field, Shown(text),
                    $"names the host {address.IdnHost}, which is not allowed; allowed are {string.Join(", ", AllowedHosts(block))}, "
                        + $"and what is added to {WorkerOptions.Section}:AllowedHosts or AllowedHostsFile"),
            ];
        }

        return Own(block).Any(own => own.IdnHost.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase)
            && ((own.Scheme == address.Scheme && own.Port == address.Port) || address is { Scheme: "https", IsDefaultPort: true }))
            ? []
            : [new(field, Shown(text), $"is on the host {address.IdnHost}, but with another scheme or port than it ships with")];
    }

    private static IEnumerable<FieldProblem> HeaderProblems(string field, string name, string? value)
    {
        if (name.Length is 0 or > 100 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter)))
        {
            yield return new(field, Shown(name), "is not the name of a header");
        }
        else if (Fixed.Contains(name))
        {
            yield return new(field, name, "is a header that the program itself decides");
        }
        else if (value is { Length: > 0 } && SafeText.IsSecretName(name))
        {
            yield return new($"{field}.{name}", "", "looks like a credential: give it in secretHeaders, by file or variable");
        }
        else if (value is not null && (value.Length > LongestHeader || value.Any(letter => letter is < ' ' or > '~')))
        {
            yield return new($"{field}.{name}", "", $"is not up to {LongestHeader} visible ASCII characters");
        }
    }

    private static IEnumerable<Uri> InForce(EndpointOverride change, ProviderBlock block)
    {
        var main = change.Address is { } text ? Parsed(text) : block.Address;
        return block.Addresses.Select(address => change.Addresses.TryGetValue(address.Key, out var set) ? Parsed(set) : address.Value)
            .Append(main).OfType<Uri>();
    }

    private static Uri? Parsed(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private static IEnumerable<Uri> Own(ProviderBlock block) => block.Addresses.Values.Append(block.Address).OfType<Uri>();

    /// <summary>An address for messages: one line, not too long.</summary>
    public static string Shown(string text) => SafeText.Safe(text.Length > 200 ? text[..200] : text, "");
}
