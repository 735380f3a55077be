using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rates.Api;

/// <summary>Writes the answer of <c>/v1/history</c> as CSV, one line for each rate.</summary>
internal sealed class CsvHistoryWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
{
    private readonly IBufferWriter<byte> _to = to;

    public override void Start(DateOnly from, DateOnly to, string group) => Append(
        "date,provider,base,quote,rate"
        + $"{(Form.IsGrouped ? ",first,high,low,average" : Form.WithRevisions ? ",knownFrom,knownUntil" : "")}"
        + $",unconfirmed{(Form.IsFilled ? ",asOf" : "")}\r\n");

    public override void Write(IReadOnlyList<ReadySeries> series)
    {
        var text = new StringBuilder();
        foreach (var (one, rate) in RevisedRows(series))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{rate.Day:yyyy-MM-dd},{one.Provider},{Form.Base},{one.Quote},{rate.Rate},{rate.KnownFromText},"
                + $"{rate.KnownUntilText}");
            EndRow(text, rate.IsUnconfirmed, rate.Day);
        }

        foreach (var (one, point) in Form.WithRevisions ? [] : Rows(series))
        {
            text.Append(
                CultureInfo.InvariantCulture, $"{point.Day:yyyy-MM-dd},{one.Provider},{Form.Base},{one.Quote},{point.Last}");
            foreach (var (_, rate) in More(point))
            {
                text.Append(CultureInfo.InvariantCulture, $",{rate}");
            }

            EndRow(text, point.IsUnconfirmed, point.AsOf);
        }

        Append(text.ToString());
    }

    private void EndRow(StringBuilder text, bool isUnconfirmed, DateOnly asOf)
    {
        text.Append(isUnconfirmed ? ",true" : ",");
        if (Form.IsFilled)
        {
            text.Append(CultureInfo.InvariantCulture, $",{asOf:yyyy-MM-dd}");
        }

        text.Append("\r\n");
    }

    public override void End(IReadOnlyList<AbsentProvider> absent)
    {
    }

    public override void Dispose()
    {
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _to);
}
