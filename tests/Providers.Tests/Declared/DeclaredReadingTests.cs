using System.Text.Json;

namespace Rates.Providers.Tests;

/// <summary>How declared providers read, what they refuse, and what they cost with documents that are meant to do harm.</summary>
public sealed class DeclaredReadingTests
{
    private const string Json = """
        "format": "json", "requests": ["r"], "rows": "$.rates[*]", "currency": "@.code", "rate": "@.mid", "direction": "quote",
        "date": "$.day"
        """;

    private const string Xml = """
        "format": "xml", "requests": ["r"], "rows": "//r", "currency": "@c", "rate": ".", "direction": "quote", "date": "response"
        """;

    private const string Csv = """
        "format": "csv", "requests": ["r"], "currency": "Code", "rate": "Kurs", "direction": "base", "date": "Tag", "numbers": "comma",
        "delimiter": ";"
        """;

    private const string Html = """
        "format": "html", "requests": ["r"], "rows": "table tr td", "currency": "#1", "rate": "#2", "direction": "base", "date": "response"
        """;

    [Fact]
    public void A_row_that_does_not_fit_is_named_with_its_place_and_cell()
    {
        var json = Given.Declared("EUR", Json).Read(Given.Body(
            """
            {"day":"2026-11-20","rates":[{"code":"USD","mid":1.1},{"code":"GBP","mid":0.87},{"code":"SEK","mid":11},
             {"code":"NOK","mid":12},{"code":"Dollar","mid":1}]}
            """));
        var xml = Given.Declared("EUR", Xml).Read(Given.Body("<x>\n<r c='USD'>1.1</r>\n<r c='GBP'>\n</r>\n<r>0.9</r></x>"));
        var csv = Given.Declared("EUR", Csv).Read(Given.Body("Tag;Code;Kurs\n2026-11-20;USD;0,9\n2026-11-20;GBP;1.1\n"));

        Assert.Equal(
            "row $.rates[4]: currency (@.code): 'Dollar' is not a three-letter currency code", Assert.Single(json.OddRows).ToString());
        Assert.Equal("row <r> (line 5): currency (@c): <r> (line 5) has none", Assert.Single(xml.OddRows).ToString());
        Assert.Equal("row 2: rate (Kurs): '1.1' is not a number of the form Comma", Assert.Single(csv.OddRows).ToString());
        Assert.Equal(["2026-11-20 USD/EUR 0.9 Reference"], Given.Lines(csv));
    }

    [Theory]
    [InlineData(Json, """{"day":"2026-11-20","data":[]}""", "$ has no member 'rates': its members are day, data")]
    [InlineData(Json, """{"day":"2026-11-20","rates":[]}""", "$.rates has no elements: it is an array of 0")]
    [InlineData(Json, """{"day":"2026-11-20","rates":[{"code":"USD","mid":1}],"rates":[]}""", "Duplicate")]
    [InlineData(Xml, "<x><y/></x>", "read.rows '//r' finds no element; the document is <x> with <y>")]
    [InlineData(Xml, "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "document type")]
    [InlineData(Csv, "Day;Code;Kurs\n2026-11-20;USD;1\n", "column 'Tag' is missing")]
    [InlineData(Html, "<html><title>Closed</title><p>Sorry</p></html>", "the page's title is 'Closed'")]
    public void A_body_of_another_structure_is_refused_with_what_is_there(string read, string body, string why)
    {
        var problem = Assert.Throws<ProviderException>(() => Given.Declared("EUR", read).Read(Given.Body(body)));

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
        Assert.Contains(why, problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData(" //evil.example/{key}")]
    [InlineData("\t//evil.example/")]
    [InlineData(@"\\evil.example\x")]
    [InlineData(@"/\evil.example/x")]
    [InlineData(@"\/evil.example/x")]
    [InlineData("https:evil.example/x")]
    [InlineData("https:/evil.example/x")]
    [InlineData(@"https:\\evil.example\x")]
    [InlineData("http:x")]
    [InlineData("{date:/}{date:/}evil.example/{key}")]
    [InlineData("{date:%/}{date:%/}evil.example/{key}")]
    [InlineData("{date:'/'}{date:'/'}evil.example/{key}")]
    [InlineData("{date:''}//evil.example/")]
    [InlineData("{date:'https:'}{date:'//evil.example'}")]
    [InlineData("{date:'http'}{date:'s:evil.example'}")]
    [InlineData("{date:'file:'}///etc/passwd")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("@evil.example/")]
    [InlineData(":8443/x")]
    [InlineData("%2f%2fevil.example/x")]
    [InlineData("x?{key}#y")]
    public void No_request_of_a_declaration_leads_to_another_host(string request)
    {
        var read = Json.Replace("\"r\"", JsonSerializer.Serialize(request), StringComparison.Ordinal);

        var (provider, problems) = Declaration.Read("example", Given.Block("EUR", read));

        if (provider is null)
        {
            Assert.All(problems, problem => Assert.Equal("read.requests", problem.Field));
            return;
        }

        for (var day = new DateOnly(2026, 1, 1); day.Year < 2028; day = day.AddDays(1))
        {
            var address = Assert.Single(provider.Requests(new(day, day, day))).Resolve(provider.Block);
            Assert.Equal("https://bank.example", address.GetLeftPart(UriPartial.Authority));
        }
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("no-such-charset")]
    public void A_charset_that_is_not_read_is_named(string charset)
    {
        var (_, problems) = Declaration.Read("example", Given.Block("EUR", $"{Json}, \"charset\": \"{charset}\""));

        Assert.Equal(("read.charset", charset), (Assert.Single(problems).Field, problems[0].Value));
    }

    [Fact]
    public void Digits_survive_and_numbers_with_exponents_are_exact()
    {
        var sheet = Given.Declared("EUR", Json).Read(Given.Body(
            """
            {"day":"2026-11-20","rates":[{"code":"IDR","mid":"18783.6700"},{"code":"USD","mid":1.1234567890123456789},
             {"code":"BTC","mid":1.2e-5}]}
            """));

        Assert.Equal(
            ["2026-11-20 EUR/IDR 18783.6700 Reference", "2026-11-20 EUR/USD 1.1234567890123456789 Reference",
                "2026-11-20 EUR/BTC 0.000012 Reference"],
            Given.Lines(sheet));
    }

    [Fact]
    public void Pairs_filters_literals_and_the_day_asked_for_are_read()
    {
        var provider = Given.Declared("", """
            "format": "json", "requests": ["day/{date:yyyyMMdd}?all"], "rows": "$..quotes[?@.type=='spot']", "pair": "@.symbol",
            "pick": "^(?<base>[A-Z]{3})(?<quote>[A-Z]{3})=X$", "rates": { "bid": "@.bid", "ask": "@.ask" }, "date": "request",
            "units": "=10"
            """);
        var sheet = provider.Read(Given.Body(
            """
            {"a":{"quotes":[{"type":"spot","symbol":"USDJPY=X","bid":"1540","ask":"1541"},{"type":"forward","symbol":"x"},
             {"type":"spot","symbol":"index"}]}}
            """, "day/20261119?all"));

        Assert.Equal(["2026-11-19 USD/JPY 154.1 Ask", "2026-11-19 USD/JPY 154 Bid"], Given.Lines(sheet));
        Assert.Equal(
            ["day/20261119?all", "day/20261120?all"],
            provider.Requests(new(new(2026, 11, 19), new(2026, 11, 20), new(2026, 11, 20))).Select(request => request.Path));
    }

    [Theory]
    [InlineData("rows", "$.rates[*]", "$..a..b", "has .. more than once")]
    [InlineData("rows", "$.rates[*]", "$.rates[?@.a==$..b]", "is not understood from '[?@.a==$..b]' on")]
    [InlineData("rows", "$.rates[*]", "rates", "does not begin with $")]
    [InlineData("rate", "@.mid", "@..mid", "may lead to several values")]
    [InlineData("rate", "@.mid", "mid", "begins with none of $")]
    [InlineData("requests", "[\"r\"]", "[\"https://evil.example/\"]", "is not relative to the address")]
    [InlineData("requests", "[\"r\"]", "[\"//evil.example/\"]", "is not relative to the address")]
    [InlineData("requests", "[\"r\"]", "[\"r/{when}\"]", "has the placeholder {when}")]
    [InlineData("requests", "[\"r\"]", "[\"r/{date\"]", "has a brace that belongs to no placeholder")]
    [InlineData("date", "$.day", "request", "needs {date} in read.requests")]
    [InlineData("direction", "quote", "sideways", "cannot be read")]
    [InlineData("format", "json", "yaml", "cannot be read")]
    public void What_cannot_be_used_is_named(string field, string good, string bad, string why)
    {
        var read = field == "requests"
            ? Json.Replace(good, bad, StringComparison.Ordinal)
            : Json.Replace($"\"{field}\": \"{good}\"", $"\"{field}\": \"{bad}\"", StringComparison.Ordinal);
        Assert.NotEqual(Json, read);

        var (provider, problems) = Declaration.Read("example", Given.Block("EUR", read));

        Assert.Null(provider);
        Assert.Contains(problems, problem => $"{problem}".Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "is not JSON that can be read")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("""{"name":"a","name":"b"}""", "is not JSON that can be read")]
    [InlineData("""{"name":"a","nam":"b"}""", "is not a setting")]
    [InlineData("""{"name":"a","key":"secret","address":"https://a.example/","schedule":"x"}""", "stands nowhere in a declaration")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""", "is not JSON that can be read")]
    [InlineData("""{"name":"a","address":"https://a.example/","schedule":"x"}""", "is missing: how the source is asked and read")]
    public void A_block_that_is_none_is_refused(string json, string why)
    {
        var (provider, problems) = Declaration.Read("example", json);

        Assert.Null(provider);
        Assert.Contains(problems, problem => $"{problem}".Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => $"{problem}".Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("//r//s")]
    [InlineData("//r[count(//*) > 1]")]
    [InlineData("//r[contains(., 'x')]")]
    [InlineData("//r[preceding::r]")]
    [InlineData("document('http://evil.example')")]
    public void An_xpath_whose_cost_has_no_limit_is_refused(string rows)
    {
        var (provider, problems) = Declaration.Read(
            "example", Given.Block("EUR", Xml.Replace("//r", rows, StringComparison.Ordinal)));

        Assert.Null(provider);
        Assert.Contains(problems, problem => problem.Field == "read.rows");
    }

    [Theory]
    [InlineData("(a+)+\\\\1$")]
    [InlineData("(?<!a)b")]
    [InlineData("(a{1000}){1000}")]
    [InlineData("(")]
    public void An_expression_that_may_take_long_is_refused(string pick)
    {
        var (provider, problems) = Declaration.Read("example", Given.Block("EUR", $"{Json}, \"pick\": \"{pick}\""));

        Assert.Null(provider);
        Assert.Contains(problems, problem => problem.Field == "read.pick");
    }

    public static TheoryData<string, string> HostileBodies => new()
    {
        { Json, new string('[', 200_000) },
        { Json, $"{{\"day\":\"2026-11-20\",\"rates\":[{string.Join(',', Enumerable.Repeat("{\"code\":\"x\"}", 100_000))}]}}" },
        {
            Json, $"{{\"day\":\"2026-11-20\",{string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"a{n}\":1"))},"
                + "\"rates\":[{\"code\":\"USD\"},{\"code\":\"GBP\"}]}"
        },
        { Xml, string.Concat(Enumerable.Repeat("<r>", 200_000)) },
        { Xml, $"<x>{string.Concat(Enumerable.Repeat("<r c='x'>1</r>", 100_000))}</x>" },
        { Csv, $"Tag;Code;Kurs\n{string.Concat(Enumerable.Repeat("a;b;c\n", 200_000))}" },
        { Html, string.Concat(Enumerable.Repeat("<div>", 1_500_000)) },
        { Html, string.Concat(Enumerable.Repeat("<table><tr><td>", 500_000)) },
        { Html, string.Concat(Enumerable.Repeat("<b><p>", 500_000)) },
        { Html, $"<table>{string.Concat(Enumerable.Repeat("<tr><td>x", 400_000))}" },
        { Html, $"<p {string.Concat(Enumerable.Range(0, 200_000).Select(n => $"a{n}=1 "))}>" },
        {
            Html.Replace("#1", "th=None", StringComparison.Ordinal),
            $"<table>{string.Concat(Enumerable.Repeat("<tr><td>1</td></tr>", 40_000))}</table>"
        },
    };

    [Theory]
    [MemberData(nameof(HostileBodies))]
    public void A_hostile_body_costs_little_and_is_refused(string read, string body)
    {
        var provider = Given.Declared("EUR", read);
        var limit = TimeSpan.FromSeconds(5);

        var cost = ProcessorTime.Of(() => Assert.Throws<ProviderException>(() => provider.Read(Given.Body(body))), limit);

        Assert.True(cost < limit, $"{cost}");
    }
}
