using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// The tools for assistants. Each asks what <c>/v1</c> answers and adds who published the figures, for which day, and under which terms.
/// </summary>
[McpServerToolType]
internal sealed class RateTools(LocalAnswers answers, CurrentBook current, AssistantRequest request)
{
    private const string Codes = "Three-letter codes with commas between them, such as USD,GBP.";
    private const string Keys = "Provider keys with commas between them, such as ecb,boc, or all; list_providers names them. "
        + "Leave it out for the usual ones.";
    private const string Day = "A day such as 2026-08-20: the newest figures on it or before. Leave it out for the latest.";

    private const string Policies = "A named choice of providers, day and rounding, such as customs-uk, instead of providers and select.";

    private const string Instant =
        "An instant such as 2026-08-20T12:00:00Z: the figures that were known then, before later corrections. Leave it out for now.";

    // Of an answer as text. That of all providers of a pair fits, and an assistant can still read it: some 40,000 of its tokens.
    private const int MostCharacters = 150_000;

    // Of a history, which is answered piece by piece: days x quotes x providers.
    private const int MostRates = 1_000;

    private const string FewerQuotes = "name fewer quotes or fewer providers";

    private const string FewerProviders = "name fewer providers";

    private const string NoTerms = "not published; ask the provider";

    private static readonly JsonSerializerOptions Text = new() { Encoder = AnswerJsonSettings.Encoder };

    private HttpContext Request => request.Context;

    /// <summary>Lists providers.</summary>
    [McpServerTool(Name = "list_providers", Title = "List providers", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Lists who publishes exchange rates here: key, name, country, kind of figure, status, newest day, terms of use.")]
    public Task<CallToolResult> ListProviders(
        [Description("Only providers that have this currency, such as PLN.")] string? currency = null) => AnswerAsync(async () =>
        {
            var has = currency is null ? null : CurrencyTable.At(CurrencyValues.Ordinal("currency", currency)).Code;
            var all = JsonNode.Parse((await answers.ProvidersAsync(Request)).Span)!.AsArray();
            return new JsonObject
            {
                ["providers"] = new JsonArray(
                [
                    .. all.Where(one => has is null || one!["currencies"]!.AsArray().Any(code => code!.GetValue<string>() == has))
                        .Select(one => Listed(one!.AsObject())),
                ]),
            };
        });

    /// <summary>Answers as <c>/v1/rates</c>.</summary>
    [McpServerTool(Name = "get_rates", Title = "Get exchange rates", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("The exchange rates of a base currency, of each provider side by side or combined: 1 base = rate quote.")]
    public Task<CallToolResult> GetRates(
        [Description("The base currency; EUR unless given.")] string? @base = null,
        [Description("The quote currencies. " + Codes + " Leave it out for all.")] string? quotes = null,
        [Description(Keys)] string? providers = null,
        [Description("each (side by side, the default), first, median, mean or consensus.")] string? select = null,
        [Description(Day)] string? date = null,
        [Description(Policies)] string? policy = null,
        [Description(Instant)] string? knownAt = null) => AnswerAsync(async () => Sourced(await answers.RatesAsync(
            Request,
            LocalAnswers.QueryOfGiven(
                ("base", @base), ("quotes", quotes), ("providers", providers), ("select", select), ("date", date),
                ("policy", policy), ("knownAt", knownAt)))), FewerQuotes);

    /// <summary>Answers as <c>/v1/rates/{base}/{quote}</c>.</summary>
    [McpServerTool(Name = "get_pair", Title = "Explain one exchange rate", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("One currency pair from every provider, with statistics, and for each figure the published numbers that it was made of.")]
    public Task<CallToolResult> GetPair(
        [Description("The base currency, such as EUR.")] string @base,
        [Description("The quote currency, such as USD.")] string quote,
        [Description(Keys + " For a pair these are all.")] string? providers = null,
        [Description(Day)] string? date = null,
        [Description(Policies)] string? policy = null,
        [Description(Instant)] string? knownAt = null) => AnswerAsync(async () => Sourced(await answers.PairAsync(
            Request, @base, quote,
            LocalAnswers.QueryOfGiven(("providers", providers), ("date", date), ("policy", policy), ("knownAt", knownAt)))),
            FewerProviders);

    /// <summary>Answers as <c>/v1/convert</c>.</summary>
    [McpServerTool(Name = "convert", Title = "Convert an amount", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Converts an amount from one currency to another, by default with the median of all daily providers.")]
    public Task<CallToolResult> Convert(
        [Description("The currency converted to, such as USD; GBX, ZAC and ILA are 1/100 of GBP, ZAR and ILS.")] string to,
        [Description("The amount as a decimal with a point, such as 1234.56; 1 unless given.")] string? amount = null,
        [Description("The currency converted from; EUR unless given.")] string? from = null,
        [Description(Keys)] string? providers = null,
        [Description("median (the default), mean, consensus, first, or each for every provider's result.")] string? select = null,
        [Description(Day)] string? date = null,
        [Description("Decimal places of the result, or minor for those of the currency. Leave it out for all digits.")]
        string? round = null,
        [Description("How a result is rounded: half-up (the default), half-even, up or down.")] string? rounding = null,
        [Description(Policies)] string? policy = null,
        [Description(Instant)] string? knownAt = null) =>
        AnswerAsync(async () => Sourced(await answers.ConvertAsync(
            Request,
            LocalAnswers.QueryOfGiven(
                ("from", from), ("to", to), ("amount", amount), ("providers", providers), ("select", select), ("date", date),
                ("round", round), ("rounding", rounding), ("policy", policy), ("knownAt", knownAt)))), FewerProviders);

    /// <summary>Answers as <c>/v1/history</c>.</summary>
    [McpServerTool(Name = "get_history", Title = "Get past exchange rates", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Published rates day by day, or of each week or month, as one series for each provider and quote, or combined. An answer "
        + "has at most 1000 days (weeks, months) x quotes x providers, combined ones x quotes: the newest. Where older ones are left out, "
        + "leftOut says so and gives the last of them to ask again with.")]
    public Task<CallToolResult> GetHistory(
        [Description("The quote currencies. " + Codes)] string quotes,
        [Description("The base currency; EUR unless given.")] string? @base = null,
        [Description("First day, such as 2026-01-01; 29 days before the last unless given.")] string? from = null,
        [Description("Last day; today unless given.")] string? to = null,
        [Description("week or month; leave it out for each day.")] string? group = null,
        [Description(Keys)] string? providers = null,
        [Description("each (one series for each provider, the default), or one combined series: first, median, mean or consensus.")]
        string? select = null,
        [Description("true for every calendar day: one without a figure has that of an earlier day, whose day is told, or a note why not.")]
        string? filled = null,
        [Description(Policies)] string? policy = null,
        [Description(Instant)] string? knownAt = null) => AnswerAsync(
            async () =>
            {
                var page = new HistoryPage(MostRates);
                var sourced = Sourced(await answers.HistoryAsync(
                    Request,
                    LocalAnswers.QueryOfGiven(
                        ("base", @base), ("quotes", quotes), ("from", from), ("to", to), ("group", group), ("providers", providers),
                        ("select", select), ("filled", filled), ("policy", policy), ("knownAt", knownAt)),
                    page));
                if (page.First is { } first)
                {
                    sourced.Insert(0, "leftOut", LeftOutBefore(first));
                }

                return sourced;
            },
            $"{FewerQuotes}, or fewer days");

    private static JsonObject Listed(JsonObject provider)
    {
        string[] members = ["key", "name", "country", "pivot", "kind", "status", "reason", "asOf", "historyFrom", "terms"];
        var listed = new JsonObject();
        foreach (var member in members.Where(member => provider[member] is not null))
        {
            listed[member] = provider[member]!.DeepClone();
        }

        listed["terms"] ??= NoTerms;
        return listed;
    }

    private static JsonObject LeftOutBefore(DateOnly first)
    {
        var last = first.DaysBefore(1).ToText();
        return new()
        {
            ["to"] = last,
            ["note"] = $"This is not all that was asked for: the answer begins with {first.ToText()}, because it has at most {MostRates} "
                + $"days (weeks, months) x quotes x providers. Ask again with to={last} and the same from for what is left out; or ask for "
                + "group=week or month, fewer quotes, one provider or select=median to have more of the time at once.",
        };
    }

    // The answer, and beside it who published its figures.
    private JsonObject Sourced(ReadOnlyMemory<byte> json)
    {
        var answer = JsonNode.Parse(json.Span)!.AsObject();
        var book = current.Book;
        return new JsonObject
        {
            ["answer"] = answer,
            ["sources"] = new JsonArray([.. Used(answer).Distinct().Select(book.Find).OfType<ProviderEntry>().Select(SourceOf)]),
        };
    }

    // Keys of the providers whose figures an answer holds: of those side by side, of a combined rate, of series.
    private static IEnumerable<string> Used(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(member => (member.Key, member.Value) switch
        {
            ("absent" or "outliers", _) => [],
            ("provider", JsonValue key) => [key.GetValue<string>()],
            ("providers", JsonArray { Count: > 0 } keys) when keys[0] is JsonValue => keys.Select(key => key!.GetValue<string>()),
            (_, var inner) => Used(inner),
        }),
        JsonArray all => all.SelectMany(Used),
        _ => [],
    };

    private static JsonNode SourceOf(ProviderEntry entry) => new JsonObject
    {
        ["provider"] = entry.Key,
        ["name"] = entry.Name,
        ["status"] = entry.Status.ToText(),
        ["latestDay"] = entry.AsOf?.ToText(),
        ["terms"] = entry.Stored switch
        {
            { Profile.Terms: { Length: > 0 } terms } => terms,
            { IsAnnounced: false } => "not known yet; ask the provider",
            _ => NoTerms,
        },
    };

    /// <param name="make">Makes the answer.</param>
    /// <param name="less">How to ask for less where it is too long; null where it always fits.</param>
    private static async Task<CallToolResult> AnswerAsync(Func<Task<JsonObject>> make, string? less = null)
    {
        try
        {
            var answer = await make();
            var text = answer.ToJsonString(Text);
            if (less is not null && text.Length > MostCharacters)
            {
                return Refused(new(
                    StatusCodes.Status400BadRequest,
                    $"The answer has {text.Length} characters, more than the {MostCharacters} that a tool answers; {less}"));
            }

            return new()
            {
                Content = [new TextContentBlock { Text = text }],
                StructuredContent = JsonSerializer.SerializeToElement(answer),
            };
        }
        catch (ProblemException problem)
        {
            return Refused(problem);
        }
        catch (StoreUnavailableException)
        {
            return Refused(RatesProblems.StoreAway());
        }
    }

    // An assistant reads what was wrong and may ask again, so it is a result and not an error of the protocol.
    internal static CallToolResult Refused(ProblemException problem) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = problem.Message }] };
}
