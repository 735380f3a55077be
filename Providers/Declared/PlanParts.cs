using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Checks the settings that say how a declared provider is read, and makes the parts of its <see cref="ReadingPlan"/>.</summary>
internal sealed class PlanParts
{
    private const int LongestExpression = 500;

    /// <summary>Reads the documents; null with problems.</summary>
    public IDocumentReader? Document { get; private set; }

    /// <summary>Which rows are rates; null for all.</summary>
    public Regex? Pick { get; private set; }

    /// <summary>What a body without rates looks like; null for nothing.</summary>
    public Regex? NoData { get; private set; }

    /// <summary>The charset of bodies that state none; null for UTF-8.</summary>
    public Encoding? Encoding { get; private set; }

    /// <summary>The figures of a row: the field and cell of each, and its kind.</summary>
    public IReadOnlyList<(string Field, string Cell, RateKind Kind)> Rates { get; private set; } = [];

    /// <summary>Cells that are expressions over the whole body.</summary>
    public IReadOnlyList<string> TextCells { get; private set; } = [];

    /// <summary>Checks the reading and makes its parts; everything that is wrong is added to <paramref name="problems"/>.</summary>
    public static PlanParts Of(ProviderBlock block, DeclaredReading reading, ICollection<BlockProblem> problems)
    {
        void Wrong(string field, string value, string why) => problems.Add(new($"read.{field}", value, why));
        var parts = new PlanParts
        {
            Pick = Made("pick", reading.Pick, Expression),
            NoData = Made("noData", reading.NoData, Expression),
            Encoding = Made("charset", reading.Charset, StrictDecoder.Strict),
        };
        parts.Rates = Figures(block, reading, Wrong);
        CheckRequests(reading, Wrong);
        CheckFields(block, reading, Wrong);
        foreach (var (name, code) in reading.Codes.Where(entry => !Currency.TryParse(entry.Value, out _)))
        {
            Wrong($"codes.{name}", code, "is not a three-letter currency code");
        }

        parts.Document = Made("rows", $"{reading.Format}", _ => Reader(reading, parts.Pick, parts.Encoding));
        parts.TextCells = CheckCells(reading, parts, Wrong);
        return parts;

        T? Made<T>(string field, string text, Func<string, T> make)
            where T : class
        {
            try
            {
                return text.Length == 0 || (field == "rows" && reading.Format == SourceFormat.None) ? null : make(text);
            }
            catch (FormatException wrong)
            {
                Wrong(field, field == "rows" ? reading.Rows : text, wrong.Message);
                return null;
            }
        }
    }

    /// <summary>A regular expression whose cost grows with the text only.</summary>
    /// <exception cref="FormatException">It is none, or uses what would cost more.</exception>
    public static Regex Expression(string pattern)
    {
        try
        {
            return pattern.Length <= LongestExpression
                ? new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
                : throw new FormatException($"is longer than {LongestExpression} characters");
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new FormatException(
                wrong is NotSupportedException
                    ? "uses lookaround, backreferences or too large repetitions, which could take very long"
                    : $"is not a regular expression: {wrong.Message}", wrong);
        }
    }

    private static IDocumentReader Reader(DeclaredReading reading, Regex? pick, Encoding? encoding) => reading.Format switch
    {
        SourceFormat.Json => new JsonDocumentReader(reading.Rows),
        SourceFormat.Xml => new XmlDocumentReader(reading.Rows),
        SourceFormat.Csv => new CsvDocumentReader(reading, pick, encoding),
        _ => new HtmlDocumentReader(reading.Rows, reading.Skip, encoding),
    };

    private static List<(string Field, string Cell, RateKind Kind)> Figures(
        ProviderBlock block, DeclaredReading reading, Action<string, string, string> wrong)
    {
        if (reading.Rate.Length > 0 == reading.Rates.Count > 0)
        {
            wrong("rate", reading.Rate, "is needed for one figure of a row, or rates for several, and not both");
        }

        List<(string Field, string Cell, RateKind Kind)> figures = reading.Rate.Length > 0 ? [("rate", reading.Rate, block.Kind)] : [];
        foreach (var (name, cell) in reading.Rates)
        {
            if (Enum.TryParse<RateKind>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
                && !char.IsAsciiDigit(name[0]) && kind != RateKind.Index)
            {
                figures.Add(($"rates.{name}", cell, kind));
            }
            else
            {
                wrong($"rates.{name}", "", "is no kind of figure such as mid, reference, bid, ask, cash-bid or average");
            }
        }

        return figures;
    }

    private static void CheckRequests(DeclaredReading reading, Action<string, string, string> wrong)
    {
        if (reading.Requests.Length is 0 or > 20)
        {
            wrong("requests", "", "needs 1 to 20 requests, relative to the address");
        }

        foreach (var template in reading.Requests)
        {
            if (RequestTemplate.Problem(template) is { } problem)
            {
                wrong("requests", template, problem);
            }
        }
    }

    private static void CheckFields(ProviderBlock block, DeclaredReading reading, Action<string, string, string> wrong)
    {
        if (reading.Format == SourceFormat.None)
        {
            wrong("format", "", "is missing: json, xml, csv or html");
        }

        if (reading.Currency.Length > 0 == reading.Pair.Length > 0)
        {
            wrong("currency", reading.Currency, "is needed for the row's currency, or pair for both, and not both");
        }

        if (reading.Currency.Length > 0 && reading.Direction == RowSide.None)
        {
            wrong("direction", "", "is missing: base for 1 of the row's currency = rate of the other, quote for the opposite");
        }

        if (reading.Currency.Length > 0 && reading.Against.Length == 0 && block.Pivot.Length == 0)
        {
            wrong("against", "", "is missing: the cell of the other currency, or give the block a pivot");
        }

        if (reading.Date.Length == 0)
        {
            wrong("date", "", "is missing: a cell, response or request");
        }
        else if (reading.Date == "request" && !reading.Requests.Any(template => template.Contains("{date", StringComparison.Ordinal)))
        {
            wrong("date", "request", "needs {date} in read.requests");
        }

        if (reading.DateFormat != "unix" && !IsDayFormat(reading.DateFormat))
        {
            wrong("dateFormat", reading.DateFormat, "is not a format such as yyyy-MM-dd or d MMM yyyy, nor unix");
        }

        if (reading.Skip is < 0 or > 1000)
        {
            wrong("skip", reading.Skip.ToString(CultureInfo.InvariantCulture), "is not between 0 and 1000");
        }
    }

    private static List<string> CheckCells(DeclaredReading reading, PlanParts parts, Action<string, string, string> wrong)
    {
        var isNumber = decimal.TryParse(reading.Units, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units);
        if (isNumber && units <= 0)
        {
            wrong("units", reading.Units, "is not above zero");
        }

        List<string> texts = [];
        foreach (var (field, cell) in new[]
        {
            ("currency", reading.Currency), ("pair", reading.Pair), ("against", reading.Against), ("units", isNumber ? "" : reading.Units),
            ("date", reading.Date is "response" or "request" ? "" : reading.Date),
        }.Concat(parts.Rates.Select(rate => (rate.Field, rate.Cell))).Where(cell => cell.Item2.Length > 0 && cell.Item2[0] != '='))
        {
            if (cell is ['/', _, .., '/'])
            {
                try
                {
                    _ = Expression(cell[1..^1]);
                    texts.Add(cell);
                }
                catch (FormatException problem)
                {
                    wrong(field, cell, problem.Message);
                }
            }
            else if (parts.Document?.Problem(cell.EndsWith('?') ? cell[..^1] : cell) is { } problem)
            {
                wrong(field, cell, problem);
            }
        }

        return texts;
    }

    private static bool IsDayFormat(string format)
    {
        try
        {
            var day = new DateOnly(2031, 12, 24);
            var text = day.ToString(format, CultureInfo.InvariantCulture);
            return DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
                && (read.Year, read.Month) == (day.Year, day.Month);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
