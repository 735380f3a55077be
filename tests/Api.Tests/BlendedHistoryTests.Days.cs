using System.Net;
using System.Text.Json;
using Rates.Core;
using static Rates.Api.Tests.JsonText;
using static Rates.Api.Tests.RandomChoice;

namespace Rates.Api.Tests;

/// <content>Random histories, compared day by day with the rates of each day.</content>
public sealed partial class BlendedHistoryTests
{
    private const string Open = "open ";
    private const string AnyNote = "*";
    private const int Queries = 44;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_day_is_what_the_rates_of_that_day_are(int seed)
    {
        var random = new Random(seed);
        await using var api = new ApiFixture(
            BlendedHistorySample.Store(random),
            ("Rates:Api:DefaultProviders:0", "begun"), ("Rates:Api:DefaultProviders:1", "ecb"), ("Rates:Api:DefaultProviders:2", "chain"),
            ("Rates:Api:Policies:three:Providers", "ecb,late,chain"), ("Rates:Api:Policies:three:Select", "mean"),
            ("Rates:Api:Policies:three:Day", "working-day-before"), ("Rates:Api:Policies:months:Providers", "monthly,ended,ecb"),
            ("Rates:Api:Policies:months:Day", "month"), ("Rates:Api:Policies:one:Providers", "stopped"),
            ("Rates:Api:Policies:before:Providers", "chain"), ("Rates:Api:Policies:before:Day", "working-day-before"),
            ("Rates:Api:Policies:quarter:Providers", "monthly"), ("Rates:Api:Policies:quarter:Day", "quarter-end"));
        int[] compared = [0, 0];
        for (var number = 0; number < Queries; number++)
        {
            var policy = Pick(random, "", "", "", "", "", "consensus", "three", "months", "one", "before", "quarter");
            var select = policy.Length > 0 ? "" : Pick(random, "", "", "first", "median", "mean", "consensus");
            var isEach = policy is "one" or "before" or "quarter";
            var (from, days) = (IsoText.ParseDay(Pick(random, "2026-07-06", "2026-07-25", "2026-08-06", "2025-12-24")), random.Next(3, 28));
            var filled = random.Next(2) == 0 || isEach || (select.Length == 0 && policy.Length == 0);
            (string Name, string? Value)[] rates =
            [
                ("base", Pick(random, "EUR", "EUR", "USD", "GBP", "THB")),
                ("quotes", Pick(random, "USD,GBP", "USD,CHF,JPY", "EUR,USD,THB", "XOF", "USD,ILS")),
                ("select", select),
                ("providers", policy.Length > 0 ? "" : Pick(random, "", "", "all", Some(random), Some(random), "peg,monthly,customs")),
                ("policy", policy),
                ("knownAt", random.Next(4) == 0 ? $"{from.AddDays(random.Next(days)):yyyy-MM-dd}T12:00:00Z" : ""),
            ];
            var address = $"/v1/history?{LocalAnswers.Query([.. rates, ("filled", filled ? "true" : "")])}"
                + $"&from={from.ToText()}&to={from.AddDays(days).ToText()}";

            var series = Series(await api.JsonAsync(address));

            List<string> expected = [];
            for (var day = from; day <= from.AddDays(days); day = day.AddDays(1))
            {
                expected.AddRange(await OfDayAsync(api, rates, day, filled || policy.Length > 0, isEach));
            }

            // The rates of a day that are refused do not tell the reason of each provider.
            foreach (var line in expected.Where(line => line.EndsWith(AnyNote, StringComparison.Ordinal)).ToList())
            {
                expected.Remove(line);
                expected.Add(series.Find(one => one.StartsWith(line[..^AnyNote.Length], StringComparison.Ordinal)
                    && one.Length > line.Length - AnyNote.Length) ?? line);
            }

            // Whether a figure of the day itself is among those of a later day, the rates of the day do not tell.
            foreach (var line in expected.Where(line => line.StartsWith(Open, StringComparison.Ordinal)).ToList())
            {
                expected.Remove(line);
                series.Remove(line[Open.Length..]);
            }

            expected.Sort(StringComparer.Ordinal);
            compared[isEach || (select.Length == 0 && policy.Length == 0) ? 1 : 0] += expected.Count;
            Assert.True(
                expected.SequenceEqual(series),
                $"{address}\n- {string.Join("\n- ", expected.Except(series))}\n+ {string.Join("\n+ ", series.Except(expected))}");
        }

        Assert.All(compared, rates => Assert.True(rates > 240, $"{rates} rates were compared"));
    }

    // What a day's answer says of each quote, where it belongs to the history.
    private static async Task<List<string>> OfDayAsync(
        ApiFixture api, (string Name, string? Value)[] query, DateOnly day, bool isFilled, bool isEach)
    {
        using var response = await api.GetAsync($"/v1/rates?{LocalAnswers.Query([.. query, ("date", day.ToText())])}");
        if (!response.IsSuccessStatusCode)
        {
            // No provider that has rates covers a quote, or the day is still to come.
            Assert.True(response.StatusCode == HttpStatusCode.NotFound || day > Sample.Today.AddDays(7), $"{response.StatusCode}");
            if (response.StatusCode != HttpStatusCode.NotFound || !isFilled)
            {
                return [];
            }

            if (!isEach)
            {
                return [.. OfRefused(query, day)];
            }

            // Without quotes, only a base that it lacks is refused.
            var all = query.Select(parameter => parameter.Name == "quotes" ? ("quotes", "") : parameter);
            using var ofBase = await api.GetAsync($"/v1/rates?{LocalAnswers.Query([.. all, ("date", day.ToText())])}");
            return [.. OfLacking(query, day, null, ofBase.IsSuccessStatusCode ? "does not cover the pair" : "does not cover the base")];
        }

        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var lacks = isFilled && !isEach ? await OfLacksAsync(api, query, day) : [];
        return answer.TryGetProperty("providers", out var providers)
            ? [.. providers.EnumerateArray().SelectMany(provider => OfProvider(provider, day)), .. lacks]
            :
        [
            .. lacks,
            .. from rate in answer.GetProperty("rates").EnumerateObject()
               let newest = IsoText.ParseDay(Text(rate.Value, "newest"))
               where newest >= day || isFilled
               let isRate = rate.Value.TryGetProperty("rate", out _)
               let open = newest > day && !isFilled ? Open : ""
               let name = isEach ? rate.Value.GetProperty("providers")[0].GetString() : ""
               select $"{open}{name}{rate.Name} {day.ToText()} {Raw(rate.Value, "rate")} "
                   + $"{(isRate && !isEach ? Raw(rate.Value, "count") : "")} "
                   + $"{(isRate ? Raw(rate.Value, "unconfirmed") : "")} {(isFilled && isRate ? newest.ToText() : "")} "
                   + Raw(rate.Value, "note"),
            .. isEach ? OfLacking(query, day, answer, "does not cover the pair") : [],
        ];
    }

    // What the rows of a day's answer say of each requested quote that has no rate; a row without a quote stands for all of them.
    private static async Task<List<string>> OfLacksAsync(ApiFixture api, (string Name, string? Value)[] query, DateOnly day)
    {
        var rows = await AnswerRows.OfAsync(api, $"/v1/rates?{LocalAnswers.Query([.. query, ("date", day.ToText())])}", "csv");
        return
        [
            .. from row in rows
               where row["rate"].Length == 0 && row["status"] is var status && (!row.ContainsKey("select") || status == "missing")
               from quote in row["quote"].Length > 0 ? [row["quote"]] : QuotesOf(query)
               select $"{row.GetValueOrDefault("provider")}{quote} {day.ToText()}     "
                   + (row.TryGetValue("reason", out var reason) ? reason : row["note"]),
        ];
    }

    // Of each quote, and where providers answer side by side of each provider.
    private static IEnumerable<string> OfRefused((string Name, string? Value)[] query, DateOnly day)
    {
        var parameters = query.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        string[] providers = parameters switch
        {
            _ when parameters["select"] is { Length: > 0 } || parameters["policy"] is { Length: > 0 } => [""],
            _ when parameters["providers"] == "all" => BlendedHistorySample.Keys,
            _ when parameters["providers"] is { Length: > 0 } keys => keys.Split(','),
            _ => ["begun", "ecb", "chain"],
        };
        return providers.SelectMany(_ => QuotesOf(query), (key, quote) => $"{key}{quote} {day.ToText()}     {AnyNote}");
    }

    private static string[] QuotesOf((string Name, string? Value)[] query) =>
        query.First(parameter => parameter.Name == "quotes").Value!.Split(',');

    // A policy of one provider says of every requested quote and day why there is no rate.
    private static IEnumerable<string> OfLacking((string Name, string? Value)[] query, DateOnly day, JsonElement? answer, string why)
    {
        var parameters = query.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        if (parameters["policy"] is not { Length: > 0 } policy)
        {
            return [];
        }

        var reason = answer is { } told && told.TryGetProperty("absent", out var absent) ? Text(absent[0], "reason") : why;
        var provider = policy switch { "one" => "stopped", "before" => "chain", _ => "monthly" };
        return parameters["quotes"]!.Split(',')
            .Where(quote => answer is not { } rates || !rates.GetProperty("rates").TryGetProperty(quote, out _))
            .Select(quote => $"{provider}{quote} {day.ToText()}     {reason}");
    }

    private static IEnumerable<string> OfProvider(JsonElement provider, DateOnly day)
    {
        var (key, asOf) = (Text(provider, "provider"), Raw(provider, "asOf"));
        var note = Enum.TryParse<StalenessStatus>(Text(provider, "status"), ignoreCase: true, out var status)
            && asOf.Length > 0 && status is StalenessStatus.Stale or StalenessStatus.Frozen or StalenessStatus.Retired
                ? WitnessRule.WhyOld(status, IsoText.ParseDay(asOf)) : "";
        return provider.GetProperty("rates").EnumerateObject().Select(rate =>
        {
            var isUnconfirmed = provider.TryGetProperty("unconfirmed", out var quotes) && Names(quotes).Contains(rate.Name);
            var own = provider.TryGetProperty("older", out var older) && older.TryGetProperty(rate.Name, out var other)
                ? other.GetString() : asOf;
            return $"{key}{rate.Name} {day.ToText()} {rate.Value.GetRawText()}  {(isUnconfirmed ? "true" : "")} {own} {note}";
        });
    }

    private static List<string> Series(JsonElement answer)
    {
        List<string> all = [];
        foreach (var series in answer.GetProperty("series").EnumerateArray())
        {
            var notes = series.TryGetProperty("notes", out _)
                ? HistoryNotes.Of(series).ToDictionary(note => note.Date, note => note.Text) : [];
            var provider = Raw(series, "provider");
            string[] unconfirmed = series.TryGetProperty("unconfirmedDates", out var marked) ? [.. Names(marked)] : [];
            foreach (var (index, date) in Names(series.GetProperty("dates")).Index())
            {
                notes.Remove(date, out var note);
                all.Add(
                    $"{provider}{Text(series, "quote")} {date} {Raw(series.GetProperty("rates")[index])} "
                        + $"{(series.TryGetProperty("count", out var count) ? Raw(count[index]) : "")} "
                        + $"{(unconfirmed.Contains(date) ? "true" : "")} "
                        + $"{(series.TryGetProperty("asOf", out var asOf) ? Raw(asOf[index]) : "")} {note}");
            }

            all.AddRange(notes.Select(note => $"{provider}{Text(series, "quote")} {note.Key}     {note.Value}"));
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private static string Some(Random random) =>
        string.Join(',', BlendedHistorySample.Keys.OrderBy(_ => random.Next()).Take(random.Next(1, 6)));
}
