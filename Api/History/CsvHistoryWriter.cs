using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rates.Api;

/// <summary>Writes the answer of <c>/v1/history</c> as CSV, one line for each rate.</summary>
internal sealed class CsvHistoryWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
{
    private readonly IBufferWriter<byte> _to = to;
    private readonly char _separator = form.Csv.Separator;

    public override void Start(DateOnly from, DateOnly to, string group)
    {
        if (Form.Csv.HasMark)
        {
            _to.Write(CsvForm.Mark);
        }

        string[] more = Form.IsGrouped ? ["first", "high", "low", "average"] : Form.WithRevisions ? ["knownFrom", "knownUntil"] : [];
        string[] asOf = Form.IsFilled ? ["asOf"] : [];
        string[] columns = ["date", "provider", "base", "quote", "rate", .. more, "unconfirmed", .. asOf];
        Append($"{string.Join(_separator, columns)}\r\n");
    }

    public override void Write(IReadOnlyList<ReadySeries> series)
    {
        var text = new StringBuilder();
        foreach (var (one, rate) in RevisedRows(series))
        {
            StartRow(text, one, rate.Day, rate.Rate);
            text.Append(_separator).Append(rate.KnownFromText).Append(_separator).Append(rate.KnownUntilText);
            EndRow(text, rate.IsUnconfirmed, rate.Day);
        }

        foreach (var (one, point) in Form.WithRevisions ? [] : Rows(series))
        {
            StartRow(text, one, point.Day, point.Last);
            foreach (var (_, rate) in More(point))
            {
                text.Append(_separator);
                AppendRate(text, rate);
            }

            EndRow(text, point.IsUnconfirmed, point.AsOf);
        }

        Append(text.ToString());
    }

    public override void End(IReadOnlyList<AbsentProvider> absent)
    {
    }

    public override void Dispose()
    {
    }

    private void StartRow(StringBuilder text, ReadySeries series, DateOnly day, decimal rate)
    {
        text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}").Append(_separator).Append(series.Provider)
            .Append(_separator).Append(Form.Base).Append(_separator).Append(series.Quote).Append(_separator);
        AppendRate(text, rate);
    }

    private void AppendRate(StringBuilder text, decimal rate)
    {
        if (Form.Csv.HasDecimalCommas)
        {
            text.Append(Form.Csv.Number(rate.ToText()));
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"{rate}");
        }
    }

    private void EndRow(StringBuilder text, bool isUnconfirmed, DateOnly asOf)
    {
        text.Append(_separator).Append(isUnconfirmed ? "true" : "");
        if (Form.IsFilled)
        {
            text.Append(_separator).Append(CultureInfo.InvariantCulture, $"{asOf:yyyy-MM-dd}");
        }

        text.Append("\r\n");
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _to);
}
