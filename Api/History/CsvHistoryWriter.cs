using System.Buffers;
using System.Globalization;
using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>Writes the answer of <c>/v1/history</c> as CSV, one line for each rate.</summary>
internal sealed class CsvHistoryWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
{
    private readonly IBufferWriter<byte> _to = to;
    private readonly string _separator = form.Csv.Separator.ToString();

    public override void Start(DateOnly from, DateOnly to, string group)
    {
        if (Form.Csv.HasMark)
        {
            _to.Write(CsvForm.Mark);
        }

        Append($"{string.Join(_separator, Form.Columns)}\r\n");
    }

    public override void Write(IReadOnlyList<ReadySeries> series)
    {
        foreach (var (one, rate) in RevisedRows(series))
        {
            StartRow(one, rate.Day, rate.Rate);
            AppendCell(rate.KnownFromText ?? "");
            AppendCell(rate.KnownUntilText ?? "");
            EndRow(rate.Day, rate.IsUnconfirmed, rate.Day, rate.Note);
        }

        foreach (var row in Form.WithRevisions ? [] : Rows(series))
        {
            var rate = row.Rate;
            StartRow(row.Series, row.Day, rate?.Rate);
            if (Form.IsGrouped && row.Group is null)
            {
                for (var figure = 0; figure < RateGroup.Names.Count; figure++)
                {
                    Append(_separator);
                }
            }

            foreach (var (_, figure) in More(row.Group))
            {
                Append(_separator);
                AppendRate(figure);
            }

            if (Form.Select is not null)
            {
                AppendCell(rate?.Count.ToString(CultureInfo.InvariantCulture) ?? "");
                AppendCell(CsvText.Quote(row.Note, Form.Csv.Separator) ?? "");
            }

            EndRow(row.Day, rate is { IsUnconfirmed: true }, rate?.AsOf, row.Note);
        }
    }

    public override void End(HistoryLack lack)
    {
        foreach (var (quote, note) in lack.NotCoveredRows)
        {
            var noted = CsvText.Quote(note, Form.Csv.Separator);
            string?[] cells =
            [
                .. Form.Columns.Select(column => column switch
                {
                    "select" => Form.Select,
                    "base" => Form.Base,
                    "quote" => quote,
                    "note" => noted,
                    _ => "",
                }),
            ];
            Append($"{string.Join(_separator, cells)}\r\n");
        }
    }

    public override void Dispose()
    {
    }

    private void StartRow(ReadySeries series, DateOnly day, decimal? rate)
    {
        AppendDay(day);
        AppendCell(series.Name);
        AppendCell(Form.Base);
        AppendCell(series.Quote);
        Append(_separator);
        if (rate is { } figure)
        {
            AppendRate(figure);
        }
    }

    private void EndRow(DateOnly date, bool isUnconfirmed, DateOnly? asOf, string? note)
    {
        AppendCell(isUnconfirmed ? "true" : "");
        if (Form.IsFilled)
        {
            Append(_separator);
            if (asOf is { } day)
            {
                AppendDay(day);
            }
        }

        if (Form.HasLastNote)
        {
            AppendCell(CsvText.Quote(note, Form.Csv.Separator) ?? "");
        }

        if (Form.RuleFor(date) is { } rule)
        {
            AppendCell(CsvText.Quote(rule, Form.Csv.Separator) ?? "");
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
        IsoText.Write(day, _to.GetSpan(IsoText.DayLength));
        _to.Advance(IsoText.DayLength);
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _to);
}
