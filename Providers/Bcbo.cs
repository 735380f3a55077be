using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Bolivia: official rates of the boliviano.</summary>
/// <remarks>
/// Direction: 1 foreign = x BOB; gold, silver and the SDR: 1 = x USD. The dollar was bought and sold until July 2026.
/// Published: in the morning, La Paz time, on working days, for the same day.
/// Units: 1; metals per troy ounce.
/// Quirks: an old XLS for each day, in two layouts; the day is a Spanish title; before 2008 one for each year, with the dollar only.
/// Source: https://www.bcb.gob.bo/?q=cotizaciones_tc
/// </remarks>
public sealed partial class Bcbo : RateProvider
{
    private const string PerUnit = "TIPO DE CAMBIO EN Bs POR UNIDAD DE MONEDA EXTRANJERA";
    private const string PerDollar = "Tipo de Cambio Oficial (TCO) (Bs/USD)";

    private static readonly Currency Bob = Currency.Parse("BOB");

    private static readonly DateOnly FirstOfDays = new(2008, 1, 1);

    /// <summary>Headings under which the figures are dollars, in both layouts.</summary>
    private static readonly string[] InDollars = ["Valor en USD/O.T.F.", "Valor en USD/D.E.G.", "TIPO CAMBIO EN M.E."];

    private static readonly CodeTable Valued = new()
    {
        ["ONZA TROY ORO"] = "XAU",
        ["ONZA TROY PLATA"] = "XAG",
        ["DERECHO ESPECIAL DE GIRO"] = "XDR",
    };

    private static readonly string[] Months = ["ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO",
        "JULIO", "AGOSTO", "SEPTIEMBRE", "OCTUBRE", "NOVIEMBRE", "DICIEMBRE"];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        .. window.Years().Where(year => year < FirstOfDays.Year).Select(year => Get($"tiposDeCambioHistorico/xls.php?anio={year}")),
        .. window.Days().Where(day => day >= FirstOfDays && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(day => Get($"librerias/indicadores/otras/otras_imprimir2XLS.php?qdd={day.Day}&qmm={day.Month}&qaa={day.Year}")),
    ];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var sheet = Workbook.Sheets(body).First();
        return sheet.Rows.Select(row => YearTitle.Match(row[0].Text)).FirstOrDefault(match => match.Success) is { } year
            ? OfYear(body, sheet, int.Parse(year.Groups["year"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture))
            : OfDay(body, sheet);
    }

    private static IEnumerable<Observation> OfDay(ProviderBody body, WorkbookSheet sheet)
    {
        var title = sheet.Rows.Select(row => DayTitle.Match(row[0].Text)).FirstOrDefault(match => match.Success)
            ?? throw new FormatException("the sheet has no title with its day");
        var day = DayParser.Parse($"{title.Groups["day"]} {Month(title.Groups["month"].Value)} {title.Groups["year"]}", "d M yyyy");
        return from line in body.Rows(Lines(sheet), "row", line => line.Row.ToString())
               from figure in Figures(line.Header, line.Row)
               let rate = figure.Rate
               where rate is not (null or 0)
               select new Observation(NotAfterAsked(body, day), figure.Pair, rate.Value, figure.Kind);
    }

    /// <summary>The rows with a figure, each with the headings above it.</summary>
    private static IEnumerable<(WorkbookRow Header, WorkbookRow Row)> Lines(WorkbookSheet sheet)
    {
        var header = sheet.Rows.FirstOrDefault(row => row.Find(PerDollar) >= 0 || row.Find(PerUnit) >= 0)
            ?? throw new FormatException($"the sheet has no heading '{PerUnit}'");
        foreach (var row in sheet.Rows.SkipWhile(row => row != header))
        {
            if (row.Cells.Any(cell => cell.IsNumeric))
            {
                yield return (header, row);
            }
            else if (row.Cells.Count(cell => !cell.IsBlank) > 1)
            {
                header = row;
            }
        }
    }

    private static IEnumerable<(CurrencyPair Pair, decimal? Rate, RateKind Kind)> Figures(WorkbookRow header, WorkbookRow row)
    {
        if (header.Find(PerUnit) is var perUnit and >= 0)
        {
            // The older layout calls the column of codes MONEDA, as the newer one calls that of names.
            var code = row[header.Find("Codigo") is var named and >= 0 ? named : header.IndexOf("MONEDA")].Text;
            return code switch
            {
                "USD.VENTA" => [(new(Currency.Usd, Bob), row[perUnit].NumberOrNull(), RateKind.Ask)],
                "USD.COMPRA" => [(new(Currency.Usd, Bob), row[perUnit].NumberOrNull(), RateKind.Bid)],
                "USD/D.E.G." => Dollars(header, row),
                "Bs/UFV" or "USD" => [],
                _ => [(new(Currency.Parse(code), Bob), row[perUnit].NumberOrNull(), RateKind.Official)],
            };
        }

        return header.Find(PerDollar) is var perDollar and >= 0
            && row[header.IndexOf("Codigo")].Text is "USD"
                ? [(new(Currency.Usd, Bob), row[perDollar].NumberOrNull(), RateKind.Official)]
                : Dollars(header, row);
    }

    private static IEnumerable<(CurrencyPair Pair, decimal? Rate, RateKind Kind)> Dollars(WorkbookRow header, WorkbookRow row) =>
        from heading in InDollars
        let column = header.Find(heading)
        where column >= 0 && Valued.Has(row[1].Text)
        select (new CurrencyPair(Valued.Find(row[1].Text), Currency.Usd), row[column].NumberOrNull(), RateKind.Official);

    private static IEnumerable<Observation> OfYear(ProviderBody body, WorkbookSheet sheet, int year)
    {
        var header = sheet.HeaderIndex([.. Months]);
        var sides = header + 1 < sheet.Rows.Count ? sheet.Rows[header + 1] : throw new FormatException("the row with the sides is missing");
        var columns = Months.Index().SelectMany(month => new[]
        {
            (Month: month.Index + 1, Column: sheet.Rows[header].IndexOf(month.Item), Side: "VENTA", Kind: RateKind.Ask),
            (Month: month.Index + 1, Column: sheet.Rows[header].IndexOf(month.Item) + 1, Side: "COMPRA", Kind: RateKind.Bid),
        }).ToList();
        if (columns.Find(column => sides[column.Column].Text != column.Side) is { Side: not null } wrong)
        {
            throw new FormatException($"the column of month {wrong.Month} is not headed '{wrong.Side}'");
        }

        return from row in body.Rows(sheet.Rows.Skip(header + 2).TakeWhile(row => row[0].IsNumeric))
               let day = (int)row[0].Number()
               from column in body.Rows(columns, "cell", column => $"{column.Side} {column.Month}")
               let rate = row[column.Column].NumberOrNull()
               where rate is not (null or 0)
               select new Observation(new(year, column.Month, day), new(Currency.Usd, Bob), rate.Value, column.Kind);
    }

    private static DateOnly NotAfterAsked(ProviderBody body, DateOnly day) =>
        body.Request.Parameter("qaa") is { Length: > 0 } year
        && day > DayParser.Parse($"{body.Request.Parameter("qdd")} {body.Request.Parameter("qmm")} {year}", "d M yyyy")
            ? throw new FormatException($"the answer is for {day.Format()}, after the day that was asked for")
            : day;

    private static int Month(string name) =>
        Array.IndexOf(Months, name) is var at and >= 0 ? at + 1 : throw new FormatException($"'{name}' is no Spanish month");

    [GeneratedRegex(
        @"^TABLA DE COTIZACIONES DEL (?<day>[0-9]{1,2}) DE (?<month>[A-Z]+) +DE (?<year>[0-9]{4})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayTitle { get; }

    [GeneratedRegex(
        "^AÑO (?<year>[0-9]{4})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YearTitle { get; }
}
