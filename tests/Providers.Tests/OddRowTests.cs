using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>A row that cannot be read is left out and reported with its place; a body with many of them is refused.</summary>
public sealed partial class OddRowTests
{
    /// <summary>Adapters whose answers hold one figure each, or that ask nobody: there is no row to lose.</summary>
    private static readonly string[] OneFigure = ["bsp", "google", "pegs"];

    /// <summary>
    /// The Treasury gives a row for each country of a currency union: where the first cannot be read, the next one counts.
    /// </summary>
    private static readonly Observation[] OtherMembersOfUnions =
        [new(new(2025, 12, 31), CurrencyPair.Parse("USD/XOF"), 571.9m, RateKind.Reference)];

    private const string Nbu = """
        [{"exchangedate":"20.08.2026","cc":"USD","rate":41.5,"units":1},{"exchangedate":"20.08.2026","cc":"EUR","rate":48.1,"units":1},
         {"exchangedate":"20.08.2026","cc":"PLN","rate":11.3,"units":1},{"exchangedate":"20.08.2026","cc":"CZK","rate":1.9,"units":1},
         {"exchangedate":"20.08.2026","cc":"JPY","rate":2.8,"units":10}]
        """;

    [Theory]
    [InlineData("\"cc\":\"EUR\"", "\"cc\":\"Euro\"", "[1]", "'Euro' is not a three-letter currency code")]
    [InlineData("\"cc\":\"EUR\"", "\"cc\":\"\"", "[1]", "'' is not a three-letter currency code")]
    [InlineData("\"rate\":48.1", "\"rate\":\"-\"", "[1]", "'-' is not a number of the form Point")]
    [InlineData("\"rate\":48.1,\"units\":1", "\"rate\":48.1,\"units\":\"\"", "[1]", "'' is not a number of the form Point")]
    [InlineData("\"rate\":48.1,\"units\":1", "\"rate\":48.1,\"units\":0", "[1]", "Attempted to divide by zero.")]
    [InlineData("\"20.08.2026\",\"cc\":\"EUR\"", "\"31.02.2026\",\"cc\":\"EUR\"", "[1]",
        "'31.02.2026' is not a day of the form dd.MM.yyyy")]
    [InlineData("\"20.08.2026\",\"cc\":\"EUR\"", "\"20.08.0026\",\"cc\":\"EUR\"", "[1]",
        "'20.08.0026' is not a day of the form dd.MM.yyyy")]
    [InlineData("\"exchangedate\":\"20.08.2026\",\"cc\":\"EUR\"", "\"cc\":\"EUR\"", "[1]", "'exchangedate' is missing")]
    public void One_odd_row_costs_one_row(string good, string odd, string place, string reason)
    {
        var whole = Read("nbu", Nbu);

        var sheet = Read("nbu", Nbu.Replace(good, odd, StringComparison.Ordinal));

        Assert.Equal(new OddRow(place, reason), Assert.Single(sheet.OddRows));
        Assert.Equal(whole.Observations.Where(observation => observation.Pair.Base != Currency.Eur), sheet.Observations);
        Assert.Equal((5, 5), (whole.RowCount, sheet.RowCount));
    }

    [Fact]
    public void More_than_a_fifth_of_odd_rows_refuses_the_body()
    {
        var problem = Assert.Throws<ProviderException>(
            () => Read("nbu", Nbu.Replace("\"rate\":48.1", "\"rate\":\"-\"", StringComparison.Ordinal)
            .Replace("\"rate\":11.3", "\"rate\":\"?\"", StringComparison.Ordinal)));

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
        Assert.Contains("2 of 5 rows", problem.Reason, StringComparison.Ordinal);
        Assert.Contains("[1]: '-' is not a number of the form Point", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fifth_of_odd_rows_is_left_out()
    {
        var rows = string.Join(',', Enumerable.Range(1, 10)
            .Select(day => $$"""{"exchangedate":"{{day:00}}.07.2026","cc":"USD","rate":{{(day < 3 ? "\"-\"" : "41.5")}},"units":1}"""));

        var sheet = Read("nbu", $"[{rows}]");

        Assert.Equal(["[0]", "[1]"], sheet.OddRows.Select(row => row.Place));
        Assert.Equal(8, sheet.Observations.Count);
    }

    [Fact]
    public void A_day_that_cannot_be_read_costs_its_rows_and_no_other_day()
    {
        var sheet = Read("nrb", """
            {"data":{"payload":[{"date":"2009-02-10","rates":[{"currency":{"iso3":"USD","unit":1},"buy":"77.1","sell":"77.7"}]},
             {"date":"0000-00-00","rates":[{"currency":{"iso3":"USD","unit":1},"buy":"78.1","sell":"78.7"}]},
             {"date":"2009-02-12","rates":[{"currency":{"iso3":"USD","unit":1},"buy":"79.1","sell":"79.7"},
              {"currency":{"iso3":"INR","unit":100},"buy":"N/A","sell":"160.2"}]}]},
             "pagination":{"page":1,"pages":1}}
            """);

        Assert.Equal(["data.payload[1]", "data.payload[2].rates[1]"], sheet.OddRows.Select(row => row.Place));
        Assert.Equal(["77.1", "77.7", "79.1", "79.7"], sheet.Observations.Select(observation => $"{observation.Rate}"));
    }

    [Fact]
    public void A_row_is_left_out_whole_when_one_of_its_sides_cannot_be_read() =>
        Assert.DoesNotContain(
            Read("nbp.c", """
                [{"table":"C","effectiveDate":"2026-08-20","rates":[{"code":"USD","bid":3.6,"ask":"-"},{"code":"EUR","bid":4.2,"ask":4.3}]}]
                """).Observations,
            observation => observation.Pair.Base == Currency.Usd);

    [Fact]
    public void An_unknown_column_is_reported_once_and_the_others_are_read()
    {
        var sheet = Read("boe", "DATE,XUDLUSS,XUDLBK99,XUDLERS\n03 Aug 2026,1.34,9.1,1.15\n04 Aug 2026,1.35,9.2,1.16\n");

        Assert.Equal("column XUDLBK99", Assert.Single(sheet.OddRows).Place);
        Assert.Equal(4, sheet.Observations.Count);
    }

    [Fact]
    public void A_cell_that_cannot_be_read_leaves_the_rest_of_its_line()
    {
        var sheet = Read("boe", "DATE,XUDLUSS,XUDLERS,XUDLJYS\n03 Aug 2026,1.34,..,196.1\n04 Aug 2026,1.35,1.16,196.2\n");

        Assert.Equal("row 1, cell XUDLERS: '..' is not a number of the form Point", Assert.Single(sheet.OddRows).ToString());
        Assert.Equal(5, sheet.Observations.Count);
    }

    [Fact]
    public void A_line_of_another_width_costs_itself()
    {
        var sheet = Read("boe", "DATE,XUDLUSS,XUDLERS\n03 Aug 2026,1.34\n04 Aug 2026,1.35,1.16\n");

        Assert.Equal("row 1", Assert.Single(sheet.OddRows).Place);
        Assert.Equal([new DateOnly(2026, 8, 4)], sheet.Observations.Select(observation => observation.AsOf).Distinct());
    }

    [Theory]
    [InlineData("[{\"Date\":\"21 May 2026\",\"Rate\":\"15.42\"},{\"Date\":\"21 May 2026\",\"Rate\":\"15.43\"}]", "15.43")]
    [InlineData("[{\"Date\":\"21 May 2026\",\"Rate\":\"15.42\"},{\"Date\":\"21 May 2026\",\"Rate\":\"15.42\"}]", "15.42")]
    public void The_last_figure_of_a_day_counts_where_the_source_repeats_days(string body, string rate) =>
        Assert.All(Read("mma", body).Observations, observation => Assert.Equal(rate, $"{observation.Rate}"));

    [Fact]
    public void Two_figures_of_a_day_are_both_refused_by_the_ingest_rules_elsewhere()
    {
        var sheet = Read("nbu", Nbu.Replace("\"cc\":\"EUR\"", "\"cc\":\"USD\"", StringComparison.Ordinal));
        var provider = ProviderCatalog.Shipped().Find("nbu")!;

        var verdict = IngestRules.Check(
            sheet.Observations, new IngestContext { Profile = provider.Block.Profile("nbu"), Today = new(2026, 8, 20) });

        Assert.DoesNotContain(verdict.Accepted, observation => observation.Pair.Base == Currency.Usd);
        Assert.Equal(2, verdict.Refused.Count(refused => refused.Reason == "duplicate USD/UAH is 41.5 and 48.1 on one day"));
    }

    [Fact]
    public void A_missing_header_refuses_the_body() =>
        Assert.Throws<ProviderException>(() => Read("boe", "Datum,XUDLUSS\n03 Aug 2026,1.34\n"));

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_figure_that_cannot_be_read_costs_its_row_at_every_adapter(string key)
    {
        var sheets = OwnDocument.Of(key).SelectMany(document => Damaged(document)
            .Select(body => (document.Figures, Sheet: ReadOrRefuse(document.Provider, body)))).ToList();

        // What holds for the whole document (its day, its page number) refuses it; no damage makes a new figure.
        Assert.All(sheets, read => Assert.Empty((read.Sheet?.Observations ?? []).Except([.. read.Figures, .. OtherMembersOfUnions])));
        Assert.True(
            OneFigure.Contains(key) || sheets.Any(read => read.Sheet is { OddRows.Count: 1 }),
            "no damaged figure was left out as an odd row");
    }

    /// <summary>The body again and again, with something that is no number in the place of one number.</summary>
    private static IEnumerable<ProviderBody> Damaged(OwnDocument document)
    {
        var body = document.Body;
        var text = document.Text ?? Encoding.Latin1.GetString(body.Bytes.Span);
        var isJson = text.TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n')[0] is '{' or '[';
        return from Match number in Number().Matches(text)
               from mark in (string[])["?", "-"]
               let isBare = isJson && text[..number.Index].TrimEnd()[^1] is ':' or '[' or ','
               let damaged = text[..number.Index] + (isBare ? $"\"{mark}\"" : mark) + text[(number.Index + number.Length)..]
               let bytes = document.Text is null ? Encoding.Latin1.GetBytes(damaged) : document.Described(damaged)
               where bytes is not null
               select new ProviderBody(body.Request, bytes, body.ContentType, body.Today);
    }

    private static ParsedSheet? ReadOrRefuse(RateProvider provider, ProviderBody body)
    {
        try
        {
            return provider.Read(body);
        }
        catch (ProviderException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"(?<=.)[0-9]+([.,][0-9]+)*", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Number();

    private static ParsedSheet Read(string key, string body) =>
        ProviderCatalog.Shipped().Find(key)!.Read(
            new ProviderBody(new("GET", ""), Encoding.UTF8.GetBytes(body), null, new DateOnly(2026, 8, 20)));
}
