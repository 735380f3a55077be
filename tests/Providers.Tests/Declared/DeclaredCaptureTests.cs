using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Declared providers in every format read recorded answers to the same figures as expected.</summary>
public sealed class DeclaredCaptureTests
{
    /// <summary>The folder, the pivot and the section <c>read</c>; a file's name begins as stated.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        {
            "frankfurter-api", "20", "EUR", """
            "format": "json", "requests": ["{date}"], "rows": "$.rates.*", "currency": "~", "rate": "@", "direction": "quote",
            "date": "$.date"
            """
        },
        {
            "nbu", "exchange_site", "UAH", """
            "format": "json", "requests": ["exchange_site?start={from:yyyyMMdd}&end={to:yyyyMMdd}&json"], "rows": "$[*]",
            "currency": "@.cc", "rate": "@.rate", "units": "@.units", "direction": "base", "date": "@.exchangedate",
            "dateFormat": "dd.MM.yyyy", "pick": "^([A-WYZ][A-Z]{2}|XDR)$"
            """
        },
        {
            "ecb", "eurofxref-daily", "EUR", """
            "format": "xml", "requests": ["eurofxref-daily.xml"], "rows": "//Cube[@rate]", "currency": "@currency", "rate": "@rate",
            "direction": "quote", "date": "../@time"
            """
        },
        {
            "bnr", "nbrfxrates", "RON", """
            "format": "xml", "requests": ["files/xml/years/nbrfxrates{year}.xml"], "rows": "/DataSet/Body/Cube/Rate",
            "currency": "@currency", "rate": ".", "units": "@multiplier?", "direction": "base", "date": "../@date", "blank": ["-"],
            "pick": "^([A-WYZ][A-Z]{2}|XDR)$"
            """
        },
        {
            "bob", "exchange-rates", "BWP", """
            "format": "csv", "requests": ["export/exchange-rates.csv"], "rows": "*", "currency": "~", "rate": "@", "direction": "quote",
            "date": "Date", "dateFormat": "dd MMM yyyy", "pick": "^[A-Z]{3}$", "blank": ["0"],
            "codes": { "CHN": "CNY", "SDR": "XDR", "YEN": "JPY" }
            """
        },
        {
            "ecb", "eurofxref-2024-01-12.csv", "EUR", """
            "format": "csv", "requests": ["eurofxref.csv"], "rows": "*", "currency": "~", "rate": "@", "direction": "quote",
            "date": "Date", "dateFormat": "d MMMM yyyy"
            """
        },
        {
            "bct", "cours_archiv", "TND", """
            "format": "html", "requests": ["bct/siteprod/cours_archiv.jsp?input={date}"], "charset": "iso-8859-1",
            "rows": "div.bct-mod-content-1 tbody tr", "currency": "#2", "units": "#3", "rate": "#4", "numbers": "comma",
            "direction": "base", "date": "/Journ.e du ([0-9/]{10})/", "dateFormat": "dd/MM/yyyy"
            """
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_answers_are_read_to_the_expected_figures(string folder, string begins, string pivot, string read)
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null, Recordings.NoCaptures);
        var captures = CaptureFolder.All(CaptureFolder.Captures).Single(one => one.Name == folder);
        var provider = Given.Declared(pivot, read);
        string[] files =
            [.. captures.Files.Where(file => file.StartsWith(begins, StringComparison.Ordinal) && captures.Expected(file).Count > 0)];
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var sheet = provider.Read(captures.Body(file));

            // Metals are published per gram, and rates of banknotes stand in another table: these declarations leave them out.
            var expected = captures.Expected(file).Where(row => row.Kind == "mid")
                .Select(row => (row.Date, $"{row.Base}/{row.Quote}", row.Rate)).Order().ToList();
            var figures = sheet.Observations.Select(figure => ($"{figure.AsOf:yyyy-MM-dd}", figure.Pair.ToString(), figure.Rate)).Order()
                .ToList();
            Assert.Empty(sheet.OddRows);
            if (captures.Total(file) is { } total)
            {
                Assert.Empty(expected.Except(figures));
                Assert.Contains(total, new[] { figures.Count, sheet.RowCount });
            }
            else
            {
                Assert.Equal(expected, figures);
            }
        }
    }
}
