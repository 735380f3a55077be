using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Rates.Core;
using Rates.Settings;

namespace Rates.Providers;

/// <summary>A setting in an operator's declaration of a provider that cannot be used, with the reason.</summary>
/// <param name="Field">The member, such as <c>read.rows</c>.</param>
/// <param name="Value">Its value; empty for none.</param>
/// <param name="Why">What is wrong with it.</param>
public sealed record BlockProblem(string Field, string Value, string Why);

/// <summary>
/// Parses and checks operators' declarations of providers: JSON that says how a source is asked and read, in place of an adapter in code.
/// </summary>
public static partial class Declaration
{
    /// <summary>Most bytes of a declaration.</summary>
    public const int MostBytes = 64 << 10;

    private const int MostDepth = 8;
    private static readonly DateOnly SampleDay = new(2026, 11, 20);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    /// <summary>
    /// Whether a key may be declared: 2 to 32 lower-case letters and digits, a letter first; for a dataset, a dot and its name besides.
    /// </summary>
    public static bool IsKey(string key) => Key().IsMatch(key);

    /// <summary>Reads a declaration.</summary>
    /// <param name="key">The provider's key.</param>
    /// <param name="json">The block.</param>
    /// <returns>The provider; null, and everything that is wrong, when it cannot be used.</returns>
    public static (RateProvider? Provider, IReadOnlyList<BlockProblem> Problems) Read(string key, string json) => Read(key, json, out _);

    /// <inheritdoc cref="Read(string, string)"/>
    /// <param name="key">The provider's key.</param>
    /// <param name="json">The block.</param>
    /// <param name="block">What could be read of the block, with or without a provider; null when it is no JSON object.</param>
    public static (RateProvider? Provider, IReadOnlyList<BlockProblem> Problems) Read(string key, string json, out ProviderBlock? block)
    {
        List<BlockProblem> problems = [];
        if (!IsKey(key))
        {
            problems.Add(new(
                "key", key, "is not 2 to 32 lower-case letters and digits, a letter first, or two of these with a dot between them"));
        }

        block = Block(json, problems);
        if (block is null)
        {
            return (null, problems);
        }

        CheckBlock(block, problems);
        if (block.Read is null)
        {
            problems.Add(new("read", "", "is missing: how the source is asked and read"));
            return (null, problems);
        }

        List<BlockProblem> ofReading = [];
        var plan = ReadingPlan.Of(block, ofReading);

        // A member that cannot be read counts as left out; that it is missing need not be said as well.
        problems.AddRange(ofReading.Where(found => !problems.Exists(known => known.Field == found.Field)).ToList());
        if (block.HistoryFrom is not null && !ReadingPlan.AsksForDays(block.Read))
        {
            problems.Add(new(
                "historyFrom", "", "needs {date}, {from}, {month} or {year} in read.requests: else no past day can be asked for"));
        }

        if (plan is not null && block.Address is { IsAbsoluteUri: true })
        {
            problems.AddRange(RequestProblems(plan, block));
        }

        return problems.Count == 0 ? (new DeclaredProvider(key, block, plan!), problems) : (null, problems);
    }

    // Filled in, a request may name another host although its template does not: by blanks, or by what days are written with.
    private static IEnumerable<BlockProblem> RequestProblems(ReadingPlan plan, ProviderBlock block)
    {
        foreach (var request in plan.Requests(new FetchWindow(SampleDay, SampleDay, SampleDay)))
        {
            BlockProblem? problem = null;
            try
            {
                _ = request.Resolve(block);
            }
            catch (FormatException wrong)
            {
                problem = new("read.requests", request.Path, $"is no address below {block.Address}: {wrong.Message}");
            }

            if (problem is not null)
            {
                yield return problem;
            }
        }
    }

    private static ProviderBlock? Block(string json, List<BlockProblem> problems)
    {
        if (Encoding.UTF8.GetByteCount(json) > MostBytes)
        {
            problems.Add(new("block", "", $"is longer than {MostBytes >> 10} KiB"));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object || HasColon(document.RootElement))
            {
                problems.Add(new("block", "", "is not a JSON object whose names have no colons"));
                return null;
            }

            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            var settings = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable();
            var read = SettingsReader.Read<ProviderBlock>("", settings);
            problems.AddRange(read.Problems.Select(Problem));
            var block = read.ToOptions();
            var needsKey = block.Read is { } reading && reading.Requests.Append(reading.Body).Any(
                text => text.Contains(RequestTemplate.KeyPlaceholder, StringComparison.Ordinal));
            return block with { IsDeclared = true, Credential = needsKey ? block.Credential ?? new() : block.Credential };
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidDataException)
        {
            problems.Add(new("block", "", $"is not JSON that can be read: {wrong.Message}"));
            return null;
        }
    }

    private static void CheckBlock(ProviderBlock block, List<BlockProblem> problems)
    {
        problems.AddRange(block.Problems().Select(problem => Problem(problem)));
        if (Currency.TryParse(block.Pivot, out var pivot) && CurrencyRegistry.Find(pivot) is null)
        {
            problems.Add(new("pivot", block.Pivot, "is not the code of a known currency"));
        }

        if (block.Address is null)
        {
            problems.Add(new("address", "", "is missing: what the requests are relative to"));
        }

        if (block.Schedule.Length == 0 && block.Calendar.Cadence != Cadence.None)
        {
            problems.Add(new("schedule", "", "is missing; only a source whose calendar has the cadence none needs no schedule"));
        }

        if (block.Key.Length > 0)
        {
            problems.Add(new("key", "", "stands nowhere in a declaration: name its file or variable with rates endpoints set"));
        }

        if (block.Pairs.Length > 0 || block.Addresses.Count > 0 || block.Captures.Length > 0)
        {
            problems.Add(new("block", "", "has pairs, addresses or captures, which are for adapters"));
        }
    }

    // A line such as ":read:rowz is not a setting: did you mean Rows?", or "Pivot 'XX' is not a currency".
    private static BlockProblem Problem(string line)
    {
        var text = line.TrimStart(':');
        var end = text.IndexOfAny([' ', ',']);
        var field = string.Join('.', text[..end].TrimEnd(':').Split(':').Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
        return new(field, "", text[end..].Trim(' ', ',').Replace(" :", " ", StringComparison.Ordinal));
    }

    private static bool HasColon(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(
            one => one.Name.Contains(':', StringComparison.Ordinal) || HasColon(one.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasColon),
        _ => false,
    };

    [GeneratedRegex(@"^[a-z][a-z0-9]{1,31}(\.[a-z0-9]{1,31})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
