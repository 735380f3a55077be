using System.Text.Json;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <content>Each value of an answer as one line of text, the same for every format.</content>
public sealed partial class SameAnswerTests
{
    private static readonly string[] BlendedMembers = ["newest", "count", "min", "max", "spread", "rule"];

    // Each figure, each requested quote that a provider lacks, and each provider that has none, with the reasons.
    private static List<string> Each(JsonElement answer, string[] quotes) =>
    [
        .. answer.GetProperty("providers").EnumerateArray().SelectMany(provider =>
        {
            var key = Text(provider, "provider");
            var status = Text(provider, "status");
            var reason = Raw(provider, "reason");
            IEnumerable<string> figures = provider.GetProperty("rates").EnumerateObject().Select(rate =>
                $"{key} {rate.Name} {rate.Value.GetRawText()} {DayOf(provider, rate.Name)} {status} "
                    + $"{Lists(provider, "derived", rate.Name)} {Lists(provider, "unconfirmed", rate.Name)}");
            var lacksBase = reason.StartsWith("does not cover the base", StringComparison.Ordinal);
            var why = lacksBase || Raw(provider, "asOf").Length == 0 ? reason
                : reason.Length == 0 ? "does not cover the pair" : $"does not cover the pair; {reason}";
            IEnumerable<string> lacking = lacksBase ? quotes.Order(StringComparer.Ordinal)
                : provider.TryGetProperty("notCovered", out var some) ? Names(some)
                : figures.Any() ? [] : [""];
            return figures.Concat(lacking.Select(quote => $"{key} {status} lacks {quote}: {why}"));
        }),
    ];

    private static List<string> EachRows(IEnumerable<Dictionary<string, string>> rows) =>
    [
        .. rows.Select(row =>
        {
            var (key, status) = (row.GetValueOrDefault("provider") ?? row["providers"], row["status"]);
            return row.GetValueOrDefault("rate") is { Length: > 0 } rate
                ? $"{key} {row["quote"]} {rate} {row["asOf"]} {status} {IsTrue(row, "derived")} {IsTrue(row, "unconfirmed")}"
                : $"{key} {status} lacks {row.GetValueOrDefault("quote")}: "
                    + (row.GetValueOrDefault("reason") ?? row.GetValueOrDefault("note"));
        }),
    ];

    private static string DayOf(JsonElement provider, string quote) =>
        provider.TryGetProperty("older", out var older) && older.TryGetProperty(quote, out var day)
            ? day.GetString()! : Text(provider, "asOf");

    private static bool Lists(JsonElement provider, string name, string quote) =>
        provider.TryGetProperty(name, out var list) && Names(list).Contains(quote);

    private static bool IsTrue(Dictionary<string, string> row, string name) => row.GetValueOrDefault(name) == "true";

    private static List<string> Blended(JsonElement answer) =>
    [
        .. answer.GetProperty("rates").EnumerateObject().Select(rate =>
            $"{rate.Name} {Line(rate.Value, "rate", "status", "newest", "oldest", "count", "min", "max", "spread", "providers", "note")} "
                + $"{Joined(rate.Value.GetProperty("outliers"), "provider")} {Raw(rate.Value, "unconfirmed")} {Raw(rate.Value, "rule")}"),
        .. LackingIn(answer).Select(quote => $"{quote} lacking "),
    ];

    private static string Blended(Dictionary<string, string> row) => IsLacking(row) ? $"{row.GetValueOrDefault("quote")} lacking"
        : $"{row["quote"]} {Line(row, "rate", "status", "newest", "oldest", "count", "min", "max", "spread", "providers", "note")} "
            + $"{row.GetValueOrDefault("outliers")} {row.GetValueOrDefault("unconfirmed")}";

    private static List<string> BlendedForSoap(JsonElement answer) =>
    [
        .. answer.GetProperty("rates").EnumerateObject().Select(rate =>
            $"{rate.Name} {Line(rate.Value, ["rate", "status", "oldest", "providers", "note", .. BlendedMembers])} "
                + $"{rate.Value.TryGetProperty("unconfirmed", out _)} {Joined(rate.Value.GetProperty("outliers"), "provider")}"),
        .. LackingIn(answer).Select(quote => $"{quote} lacking"),
    ];

    private static string BlendedForSoap(Dictionary<string, string> row) => IsLacking(row) ? $"{row["quote"]} lacking"
        : $"{row["quote"]} {Line(row, ["rate", "status", "asOf", "providers", "note", .. BlendedMembers])} {IsTrue(row, "unconfirmed")} "
            + row["outliers"];

    private static IEnumerable<string> LackingIn(JsonElement answer) => answer.TryGetProperty("notCovered", out var codes) ? Names(codes)
        : answer.GetProperty("rates").EnumerateObject().Any() ? [] : [""];

    private static bool IsLacking(Dictionary<string, string> row) =>
        row["status"] == "missing" && row.GetValueOrDefault("rate") is not { Length: > 0 };

    private static Dictionary<string, string> NotesIn(JsonElement series) => series.TryGetProperty("notes", out _)
        ? HistoryNotes.Of(series).ToDictionary(note => note.Date, note => note.Text)
        : [];

    // The others name the requested quotes that have no combined rate on any of the days.
    private static bool IsOfDay(Dictionary<string, string> row, JsonElement answer)
    {
        var isOfDay = row.GetValueOrDefault("date") is { Length: > 0 } || !row.ContainsKey("note");
        Assert.True(
            isOfDay || (answer.TryGetProperty("notCovered", out var quotes) && Names(quotes).Contains(row["quote"])),
            string.Join(' ', row));
        return isOfDay;
    }

    private static List<string> Lines(IEnumerable<Dictionary<string, string>> rows, string[] columns) =>
    [
        .. rows.Select(row => $"{row.GetValueOrDefault("provider") ?? row["select"]} {row["date"]} {row["base"]} {row["quote"]} "
            + string.Join(' ', columns.Select(column => row.GetValueOrDefault(column)))).Order(StringComparer.Ordinal),
    ];

    private static string Line(JsonElement one, params string[] names) => string.Join('|', names.Select(name => Raw(one, name)));

    private static string Line(Dictionary<string, string> row, params string[] names) =>
        string.Join('|', names.Select(name => row.GetValueOrDefault(name)));
}
