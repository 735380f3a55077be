using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>A folder of a provider's answers with the figures in them: <c>expected.csv</c>, and how each was requested.</summary>
/// <remarks>
/// The recorded captures and our own synthetic documents have the same layout. Recorded ones share a <c>manifest.json</c> one level
/// up; ours carry one each, with the same fields.
/// </remarks>
internal sealed partial class CaptureFolder
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<CaptureFolder>> Roots = new(StringComparer.Ordinal);

    /// <summary>Ids by which an expectation names a crypto asset in place of its code.</summary>
    private static readonly Dictionary<string, string> AssetIds = new(StringComparer.Ordinal) { ["bitcoin"] = "BTC" };

    private readonly Dictionary<string, CaptureEntry> _entries;
    private readonly ILookup<string, ExpectedRow> _expected;

    private CaptureFolder(string path, Dictionary<string, CaptureEntry> entries)
    {
        Path = path;
        Name = System.IO.Path.GetFileName(path);
        _entries = entries;
        _expected = ExpectedRow.Read(System.IO.Path.Combine(path, "expected.csv")).Select(row => Redated.Row(Name, row))
            .Select(row => row with { Base = AssetIds.GetValueOrDefault(row.Base, row.Base) })
            .GroupBy(row => (row.File, row.Date, row.Base, row.Quote, row.Kind)).SelectMany(rows => MetalSides([.. rows]))
            .ToLookup(row => row.File, StringComparer.Ordinal);
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary>Every answer in the folder.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)!)
        .Where(file => file is not ("expected.csv" or "manifest.json" or "origin.txt")).Order(StringComparer.Ordinal);

    /// <summary>Our own documents, beside the tests.</summary>
    public static string Documents { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Documents");

    /// <summary>
    /// The recorded captures; null where this machine has none. <c>RATES_CAPTURES</c> names another folder of that layout.
    /// </summary>
    public static string? Captures => Recordings.Captures;

    /// <summary>
    /// Documents that show known faults of publishers, with what they mean; null where this machine has none. <c>RATES_CASES</c> names
    /// another folder of that layout.
    /// </summary>
    public static string? FaultCases => Recordings.FaultCases;

    /// <summary>Every folder below <paramref name="root"/> that holds expectations.</summary>
    public static IReadOnlyList<CaptureFolder> All(string root) => Roots.GetOrAdd(root, Scan);

    /// <summary>The recorded answers that prove a provider: those that its block names, else the folder called like its key.</summary>
    public static IEnumerable<(CaptureFolder Folder, string File)> Proofs(RateProvider provider) =>
        from folder in Captures is { } root ? All(root) : []
        from file in folder.Files
        where folder.Proves(provider, file)
        select (folder, file);

    /// <summary>True when the answer is one of those that prove the provider.</summary>
    public bool Proves(RateProvider provider, string file) =>
        (provider.Block.Captures is { Length: > 0 } named ? named : [provider.Key]).Any(capture =>
            FileSystemName.MatchesSimpleExpression(
                capture.Contains('/', StringComparison.Ordinal) ? capture : capture + "/*", $"{Name}/{file}", ignoreCase: false));

    private static IReadOnlyList<CaptureFolder> Scan(string root)
    {
        var shared = Manifest(System.IO.Path.Combine(root, "manifest.json"));
        return [.. Directory.EnumerateDirectories(root).Where(folder => File.Exists(System.IO.Path.Combine(folder, "expected.csv")))
            .Order(StringComparer.Ordinal)
            .Select(folder => new CaptureFolder(folder, Entries(folder, shared)))];
    }

    /// <summary>The answer as an adapter sees it.</summary>
    public ProviderBody Body(string file)
    {
        var entry = _entries.GetValueOrDefault(file);
        var request = new ProviderRequest(entry?.Method ?? "GET", entry?.Url ?? "")
        {
            Body = entry?.Body,
            ContentType = Posted(entry?.Body),
        };
        var bytes = Description(file) is { } text ? Described.Build(file, text) : File.ReadAllBytes(System.IO.Path.Combine(Path, file));
        return new ProviderBody(
            request, entry?.Fidelity is "assembled" ? WithoutEscapes(bytes) : bytes, entry?.ContentType, new DateOnly(2026, 1, 1));
    }

    /// <summary>The text that describes one of our own documents in a binary format; null for any other.</summary>
    public string? Description(string file) => Described.Is(file) ? File.ReadAllText(System.IO.Path.Combine(Path, file)) : null;

    /// <summary>What the answer says.</summary>
    public IReadOnlyList<ExpectedRow> Expected(string file) => [.. _expected[file]];

    /// <summary>True when the answer holds figures of known days that its adapter reproduces.</summary>
    public bool IsDated(string file) => Expected(file).Any(row => row.Date.Length == 10 && !LeftOut.Contains(Name, row));

    // Of three prices of a metal on one day the least is the bid and the greatest the ask.
    private static IEnumerable<ExpectedRow> MetalSides(IReadOnlyList<ExpectedRow> rows) => rows is [{ Kind: "metal" }, _, _]
        ? rows.OrderBy(row => row.Rate).Zip(["metal-buy", "metal", "metal-sell"], (row, kind) => row with { Kind = kind })
        : rows;

    /// <summary>How many figures the answer holds when not all of them are listed; null when all are.</summary>
    public int? Total(string file) =>
        _entries.GetValueOrDefault(file) is { Total: { } total, Listed: { } listed } && total != listed ? total : null;

    // A recording made by hand may have the bytes of letters with accents as \xC3\xA9, which its publisher never sent.
    private static byte[] WithoutEscapes(byte[] bytes) => Encoding.Latin1.GetBytes(Escape().Replace(
        Encoding.Latin1.GetString(bytes),
        escape => $"{(char)byte.Parse(escape.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}"));

    [GeneratedRegex(@"\\x[0-9A-F]{2}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escape();

    private static string? Posted(string? body) => body?.TrimStart() switch
    {
        null => null,
        ['<', ..] => "text/xml",
        ['{', ..] => "application/json",
        _ => "application/x-www-form-urlencoded",
    };

    private static Dictionary<string, CaptureEntry> Entries(string folder, IReadOnlyList<CaptureEntry> shared)
    {
        var name = System.IO.Path.GetFileName(folder);
        return shared.Where(entry => entry.File.StartsWith(name + "/", StringComparison.Ordinal))
            .Concat(Manifest(System.IO.Path.Combine(folder, "manifest.json")))
            .ToDictionary(entry => entry.File[(entry.File.IndexOf('/', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
    }

    private static CaptureEntry[] Manifest(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<CaptureEntry[]>(File.ReadAllBytes(path)) ?? [] : [];
}

/// <summary>How one answer was requested.</summary>
internal sealed record CaptureEntry
{
    [JsonPropertyName("file")] public required string File { get; init; }
    [JsonPropertyName("request_method")] public string? Method { get; init; }
    [JsonPropertyName("request_url")] public string? Url { get; init; }
    [JsonPropertyName("request_body")] public string? Body { get; init; }
    [JsonPropertyName("content_type")] public string? ContentType { get; init; }
    [JsonPropertyName("fidelity")] public string? Fidelity { get; init; }
    [JsonPropertyName("expected_total")] public int? Total { get; init; }
    [JsonPropertyName("expected_listed")] public int? Listed { get; init; }
}
