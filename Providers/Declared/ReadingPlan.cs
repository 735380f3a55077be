using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Builds the requests of a declared provider and reads its answers, by the checked settings of its declaration.</summary>
internal sealed class ReadingPlan
{
    private const string Response = "response";
    private const string Request = "request";
    private const int MostNoDataText = 64 << 10;

    private readonly DeclaredReading _reading;
    private readonly ProviderBlock _block;
    private readonly IReadOnlyList<RequestTemplate> _requests;
    private readonly IDocumentReader _document;
    private readonly IReadOnlyList<(string Field, string Cell, RateKind Kind)> _rates;
    private readonly CodeTable _codes = [];
    private readonly Regex? _pick;
    private readonly Regex? _noData;
    private readonly Encoding? _encoding;
    private readonly Dictionary<string, Regex> _texts = new(StringComparer.Ordinal);

    private ReadingPlan(ProviderBlock block, PlanParts parts)
    {
        (_reading, _block, _document, _pick, _noData, _encoding) = (
            block.Read!, block, parts.Document!, parts.Pick, parts.NoData, parts.Encoding);
        _requests = [.. _reading.Requests.Select(template => new RequestTemplate(template))];
        _rates = parts.Rates;
        foreach (var (name, code) in _reading.Codes)
        {
            _codes[name] = code;
        }

        foreach (var cell in parts.TextCells)
        {
            _texts[cell] = PlanParts.Expression(cell[1..^1]);
        }
    }

    /// <summary>
    /// Whether requests depend on days, so that history can be asked for. Requests that cannot be used count for nothing.
    /// </summary>
    public static bool AsksForDays(DeclaredReading reading) => reading.Requests.Append(reading.Body)
        .Any(template => RequestTemplate.Problem(template) is null && new RequestTemplate(template).HasDays);

    /// <summary>The plan of a block; null, with what is wrong in <paramref name="problems"/>, when its reading cannot be used.</summary>
    public static ReadingPlan? Of(ProviderBlock block, ICollection<BlockProblem> problems)
    {
        var parts = PlanParts.Of(block, block.Read!, problems);
        return problems.Count == 0 ? new(block, parts) : null;
    }

    /// <summary>The requests of a window.</summary>
    public IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        var body = _reading.Body.Length > 0 ? new RequestTemplate(_reading.Body) : null;
        return _requests.SelectMany(request => request.Expand(window)).Select(path => body is null
            ? new ProviderRequest("GET", path)
            : new ProviderRequest("POST", path) { Body = body.Expand(window).First(), ContentType = _reading.ContentType });
    }

    /// <summary>The figures of a body; rows that cannot be read are left out and recorded.</summary>
    public IEnumerable<Observation> Figures(ProviderBody body)
    {
        if (IsNoData(body))
        {
            return [];
        }

        var outer = new Outer(this, body);
        return from row in _document.Rows(body)
               from figure in Figures(row, outer)
               select figure;
    }

    /// <summary>Whether a body without any rate is one that says so.</summary>
    public bool IsNoData(ProviderBody body)
    {
        if (_noData is null)
        {
            return false;
        }

        var text = body.Text(_encoding);
        return _noData.IsMatch(text.Length <= MostNoDataText ? text : text[..MostNoDataText]);
    }

    private static T Named<T>(string field, string cell, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (ReadingFailure.Is(problem))
        {
            throw new FormatException($"{field} ({cell}): {problem.Message}", problem);
        }
    }

    private List<Observation> Figures(IDocumentRow row, Outer outer)
    {
        var field = _reading.Pair.Length > 0 ? "pair" : "currency";
        var cell = _reading.Pair.Length > 0 ? _reading.Pair : _reading.Currency;
        var text = Named(field, cell, () => outer.Read(row, cell).Text.Trim());
        if (text.Length == 0 || Picked(text) is not { } picked)
        {
            return [];
        }

        List<(decimal Rate, RateKind Kind)> rates = [];
        foreach (var (name, place, kind) in _rates)
        {
            if (Named(name, place, () => Number(outer.Read(row, place))) is { } rate)
            {
                rates.Add((rate, kind));
            }
        }

        if (rates.Count == 0)
        {
            return [];
        }

        var pair = Named(field, cell, () => Pair(picked, row, outer));
        var units = picked.Units is { } stated ? Named("units", "read.pick", () => RateNumber.Parse(stated, _reading.Numbers))
            : Named("units", _reading.Units, () => outer.Units(row));
        var day = Named("date", _reading.Date, () => outer.Day(row));
        return units > 0
            ? [.. rates.Select(rate => new Observation(day, pair, units == 1 ? rate.Rate : rate.Rate / units, rate.Kind))]
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"units: {units} is not above zero"));
    }

    private decimal? Number(CellValue value)
    {
        var text = value.Text.Trim();
        var rate = _reading.Blank.Contains(text, StringComparer.OrdinalIgnoreCase) || text.Length == 0 ? (decimal?)null
            : value.IsNumber ? RateNumber.ParseJson(text)
            : RateNumber.Parse(text, _reading.Numbers);
        return rate == 0 && _reading.Blank.Contains("0") ? null : rate;
    }

    private PickedLabel? Picked(string text)
    {
        if (_pick is null)
        {
            return new(text, null, null, null);
        }

        if (_pick.Match(text) is not { Success: true } match)
        {
            return null;
        }

        string? Group(string name) => match.Groups[name] is { Success: true } group ? group.Value.Trim() : null;
        return new(Group("code") ?? Group("1") ?? match.Value, Group("base"), Group("quote"), Group("units"));
    }

    private CurrencyPair Pair(PickedLabel picked, IDocumentRow row, Outer outer)
    {
        if (picked is { Base: { } first, Quote: { } second })
        {
            return new(_codes.FindOrParse(first), _codes.FindOrParse(second));
        }

        if (_reading.Pair.Length > 0)
        {
            var letters = string.Concat(picked.Label.Where(char.IsAsciiLetter));
            return letters.Length == 6
                ? new(_codes.FindOrParse(letters[..3]), _codes.FindOrParse(letters[3..]))
                : throw new FormatException($"'{picked.Label}' is not a pair such as EUR/USD");
        }

        var own = _codes.FindOrParse(picked.Label);
        var other = _reading.Against.Length > 0
            ? Named("against", _reading.Against, () => _codes.FindOrParse(outer.Read(row, _reading.Against).Text))
            : Currency.Parse(_block.Pivot);
        return _reading.Direction == RowSide.Base ? new(own, other) : new(other, own);
    }

    /// <summary>The name of a currency in a row, taken apart by the expression of the declaration.</summary>
    /// <param name="Label">What the source calls the currency.</param>
    /// <param name="Base">The label of the pair's base, where the expression gives both.</param>
    /// <param name="Quote">The label of its quote.</param>
    /// <param name="Units">The units, where the expression gives them.</param>
    private sealed record PickedLabel(string Label, string? Base, string? Quote, string? Units);

    /// <summary>The values of one answer that lie outside its rows, such as the day.</summary>
    private sealed class Outer(ReadingPlan plan, ProviderBody body)
    {
        private readonly Dictionary<string, CellValue> _texts = new(StringComparer.Ordinal);
        private readonly decimal? _units =
            decimal.TryParse(plan._reading.Units, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
                ? units
                : null;

        public CellValue Read(IDocumentRow row, string cell)
        {
            if (cell.StartsWith('='))
            {
                return new(cell[1..]);
            }

            if (!plan._texts.TryGetValue(cell, out var expression))
            {
                return cell.EndsWith('?') ? Optional(row, cell[..^1]) : row.Read(cell);
            }

            return _texts.TryGetValue(cell, out var known) ? known : _texts[cell] = Match(expression);
        }

        public decimal Units(IDocumentRow row) => _units ?? plan.Number(Read(row, plan._reading.Units)) ?? 1;

        public DateOnly Day(IDocumentRow row) => plan._reading.Date switch
        {
            Response => body.Today,
            Request => plan._requests.Select(request => request.DayOf(body.Request.Path)).FirstOrDefault(day => day is not null)
                ?? throw new FormatException($"the request '{body.Request.Path}' names no day"),
            var cell when plan._reading.DateFormat == "unix" => DayParser.OfEpoch(
                long.Parse(Read(row, cell).Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
            var cell => DayParser.Parse(Read(row, cell).Text, plan._reading.DateFormat),
        };

        private static CellValue Optional(IDocumentRow row, string cell)
        {
            try
            {
                return row.Read(cell);
            }
            catch (FormatException)
            {
                return new("");
            }
        }

        private CellValue Match(Regex expression) => expression.Match(body.Text(plan._encoding)) is { Success: true } match
            ? new(match.Groups.Count > 1 ? match.Groups[1].Value : match.Value)
            : throw new FormatException("the body has no such text");
    }
}
