using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rates.Api;

/// <summary>Writes the answer of <c>/v1/history</c> as CSV, one line for each rate.</summary>
internal sealed class CsvHistoryWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
{
    private const int DayLength = 10;

    private readonly IBufferWriter<byte> _to = to;
    private readonly string _separator = form.Csv.Separator.ToString();

    public override void Start(DateOnly from, DateOnly to, string group)
    {
        if (Form.Csv.HasMark)
        {
            _to.Write(CsvForm.Mark);
        }

        string[] more = Form.IsGrouped ? [.. RateGroup.Names] : Form.WithRevisions ? ["knownFrom", "knownUntil"] : [];
        string[] asOf = Form.IsFilled ? ["asOf"] : [];
        string[] columns = ["date", "provider", "base", "quote", "rate", .. more, "unconfirmed", .. asOf];
        Append($"{string.Join(_separator, columns)}\r\n");
    }

    public override void Write(IReadOnlyList<ReadySeries> series)
    {
        foreach (var (one, rate) in RevisedRows(series))
        {
            StartRow(one, rate.Day, rate.Rate);
            AppendCell(rate.KnownFromText);
            AppendCell(rate.KnownUntilText ?? "");
            EndRow(rate.IsUnconfirmed, rate.Day);
        }

        foreach (var row in Form.WithRevisions ? [] : Rows(series))
        {
            StartRow(row.Series, row.Rate.Day, row.Rate.Rate);
            foreach (var (_, figure) in More(row.Group))
            {
                Append(_separator);
                AppendRate(figure);
            }

            EndRow(row.Rate.IsUnconfirmed, row.Rate.AsOf);
        }
    }

    public override void End(IReadOnlyList<AbsentProvider> absent)
    {
    }

    public override void Dispose()
    {
    }

    private void StartRow(ReadySeries series, DateOnly day, decimal rate)
    {
        AppendDay(day);
        AppendCell(series.Provider);
        AppendCell(Form.Base);
        AppendCell(series.Quote);
        Append(_separator);
        AppendRate(rate);
    }

    private void EndRow(bool isUnconfirmed, DateOnly asOf)
    {
        AppendCell(isUnconfirmed ? "true" : "");
        if (Form.IsFilled)
        {
            Append(_separator);
            AppendDay(asOf);
        }

        Append("\r\n");
    }

    private void AppendCell(string text)
    {
        Append(_separator);
        Append(text);
    }

    private void AppendRate(decimal rate)
    {
        if (Form.Csv.HasDecimalCommas)
        {
            Append(Form.Csv.Number(rate.ToText()));
            return;
        }

        rate.TryFormat(_to.GetSpan(RateRounding.MaxLength), out var written, default, CultureInfo.InvariantCulture);
        _to.Advance(written);
    }

    private void AppendDay(DateOnly day)
    {
        day.TryFormat(_to.GetSpan(DayLength), out var written, "O", CultureInfo.InvariantCulture);
        _to.Advance(written);
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _to);
}
