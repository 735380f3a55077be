using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>China Foreign Exchange Trade System: the central parities of the renminbi.</summary>
/// <remarks>
/// Direction: as every label states: <c>USD/CNY</c> is 1 USD = x CNY, <c>CNY/THB</c> is 1 CNY = x THB.
/// Published: 09:15 Beijing time on Chinese interbank trading days, for the same day.
/// Units: what stands before the base in the label, <c>100JPY/CNY</c>; 1 otherwise.
/// Quirks: the labels of all rows stand once in the head; <c>---</c> is a pair that is not fixed; a page has at most 50 days and a
/// request spans less than a year; the newest day alone has a row for each pair. A refusal is an answer without records with the reason
/// in <c>flagMessage</c>.
/// Source: https://www.chinamoney.com.cn/english/bmkcpr/
/// </remarks>
public sealed class Cfets : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Chunks(60).Select(chunk => Page(chunk.From, chunk.To, 1));

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        var page = (int)RateNumber.Parse(answer.Request.Parameter("pageNum"));
        return page < answer.Json().Member("data").Member("pageTotal").Number()
            ? [Page(DayParser.Parse(answer.Request.Parameter("startDate")), DayParser.Parse(answer.Request.Parameter("endDate")), page + 1)]
            : [];
    }

    // A window of holidays only.
    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("records").GetArrayLength() == 0
        && body.Json().Member("data").Optional("flagMessage")?.Text() is null or { Length: 0 };

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        body.Json().Member("data").Optional("lastDateEn") is { } at ? Latest(body, at) : Days(body);

    private static IEnumerable<Observation> Latest(ProviderBody body, JsonElement at)
    {
        var asOf = InstantParser.Parse(at.Text(), "d/M/yyyy H:mm").Day();
        return from record in body.Items("records")
               let label = Pair(record.Member("vrtEName").Text())
               let rate = record.Member("price").NumberOrNull(NumberForm.Point, "---")
               where rate is not (null or 0)
               select new Observation(asOf, label.Pair, rate.Value / label.Units, RateKind.Official);
    }

    private static IEnumerable<Observation> Days(ProviderBody body)
    {
        var labels = body.Json().Member("data").Member("head").Items().Select(label => label.Text().Trim()).ToArray();
        var columns = (from label in body.Rows(labels.Index(), "column", label => label.Item)
                       select new CsvColumn<(CurrencyPair Pair, decimal Units)>(label.Index, label.Item, Pair(label.Item))).ToList();
        return from record in body.Items("records")
               let asOf = record.Member("date").Day()
               let values = Values(record, labels.Length)
               from cell in body.Cells(columns)
               let rate = values[cell.Index].NumberOrNull(NumberForm.Point, "---")
               where rate is not (null or 0)
               select new Observation(asOf, cell.Meaning.Pair, rate.Value / cell.Meaning.Units, RateKind.Official);
    }

    private static JsonElement[] Values(JsonElement record, int columns) =>
        record.Member("values").Items().ToArray() is var values && values.Length == columns
        ? values
        : throw new FormatException($"{values.Length} values where the head has {columns} pairs");

    private static (CurrencyPair Pair, decimal Units) Pair(string label)
    {
        var digits = label.TakeWhile(char.IsAsciiDigit).Count();
        return (CurrencyPair.Parse(label[digits..]), digits == 0 ? 1 : RateNumber.Parse(label.AsSpan(0, digits)));
    }

    private static ProviderRequest Page(DateOnly from, DateOnly to, int page) => Post(
        $"CcprHisNew?startDate={from.Format()}&endDate={to.Format()}&currency=&pageNum={page}&pageSize=50",
        "",
        "application/x-www-form-urlencoded");
}
