using System.Text.RegularExpressions;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.EndToEnd.Tests;

/// <summary>Compares <c>docs/redis.md</c> with a server that workers have written to.</summary>
internal static partial class RedisPage
{
    private const string Always = "## Written whenever a rate is published";
    private const string Else = "## Written on other occasions";
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "redis.md"));

    /// <summary>Every key and field of the server is on the page, and every one that a publish writes is on the server.</summary>
    public static async Task IsTrueOfAsync(IServer server, IDatabase database, CancellationToken cancellationToken)
    {
        var published = Rows(Page[Page.IndexOf(Always, StringComparison.Ordinal)..Page.IndexOf(Else, StringComparison.Ordinal)]);
        var all = Rows(Page);
        HashSet<string> found = new(StringComparer.Ordinal);
        await foreach (var key in server.KeysAsync().WithCancellation(cancellationToken))
        {
            var type = (await database.KeyTypeAsync(key)) switch
            {
                RedisType.SortedSet => "sorted set",
                var other => other.ToString().ToLowerInvariant(),
            };
            found.Add($"{Pattern(key!)} {type}");
            found.UnionWith((await FieldsAsync(database, key, type)).Select(field => $"{Pattern(key!)} {type} {field}"));
        }

        Assert.Empty(found.Except(all));
        Assert.Empty(published.Except(found));
    }

    private static HashSet<string> Rows(string text) =>
    [
        .. from row in RowPattern().Matches(text)
           let start = $"{row.Groups["key"].Value} {row.Groups["type"].Value}"
           let fields = NamePattern().Matches(row.Groups["fields"].Value).Select(field => $"{start} {field.Groups["name"].Value}")
           from entry in fields.Prepend(start)
           select entry,
    ];

    private static async Task<IEnumerable<string>> FieldsAsync(IDatabase database, RedisKey key, string type)
    {
        var names = type switch
        {
            "hash" => (await database.HashKeysAsync(key)).Select(field => $"{field}"),
            "stream" => (await database.StreamRangeAsync(key)).SelectMany(entry => entry.Values).Select(field => $"{field.Name}"),
            _ => [],
        };
        return type == "sorted set"
            ? [key == "{rates}:evidence" ? "<evidence>" : "<worker>"]
            : names.Select(name => Field(Pattern($"{key}"), name));
    }

    // What differs from server to server, as the page writes it.
    private static string Pattern(string key) => KindPattern().Replace(
        YearPattern().Replace(
            RevisionPattern().Replace(
                EvidencePattern().Replace(ProviderPattern().Replace(key, "${kind}<provider>"), EvidenceName),
                "${start}{<provider>}:revision"),
            "{<provider>}:<year>"),
        "${start}<kind>");

    private static string EvidenceName(Match evidence) =>
        evidence.Groups["start"].Value + (evidence.Groups["body"].Success ? "body/<sha256>" : "sheet/<provider>/<version>");

    private static string Field(string key, string name) => key switch
    {
        "{rates}:index" or "{rates}:providers" or "{rates}:schedule" or "{rates}:schedule:accepted" => "<provider>",
        "{rates}:evidence:sizes" => "<evidence>",
        "rates:history:{<provider>}:<year>" => DateOnly.TryParse(name, out _) ? "<day>" : name,
        _ when key.StartsWith("{rates}:documents:", StringComparison.Ordinal) => "<name>",
        _ => PairPattern().IsMatch(name) ? "<base>/<quote>" : name,
    };

    [GeneratedRegex(
        @"^\| `(?<key>[^`]+)` \| (?<type>string|hash|list|stream|sorted set) \|(?<fields>[^|]*)\|",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RowPattern();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex NamePattern();

    [GeneratedRegex(
        @"^(?<kind>\{rates\}:(?:fetch|quota|sheet|latest|quarantine):).+$", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex ProviderPattern();

    [GeneratedRegex(@"\{[a-z0-9.-]+\}:\d{4}$", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"^(?<start>rates:history:)\{[a-z0-9.-]+\}:revision$", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RevisionPattern();

    [GeneratedRegex(@"^(?<start>\{rates\}:documents:)(?!revision$).+$", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex KindPattern();

    [GeneratedRegex(
        @"^(?<start>\{rates\}:evidence:)(?:sheet/[a-z0-9.-]+/\d+|(?<body>body/[0-9a-f]{64}))$",
        RegexOptions.None,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex EvidencePattern();

    [GeneratedRegex("^[A-Z]{3}/[A-Z]{3}$", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex PairPattern();
}
