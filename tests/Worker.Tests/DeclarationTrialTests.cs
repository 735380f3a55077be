using System.Globalization;
using Rates.Store;

namespace Rates.Worker.Tests;

/// <summary>What is said of a declaration before it is stored: its problems, and what it would read.</summary>
public sealed class DeclarationTrialTests : DeclarationRig
{
    [Theory]
    [InlineData("ecb", null, "key: 'ecb' is the key of a provider of this program, European Central Bank")]
    [InlineData("ACME!", null, "key: 'ACME!' is not 2 to 32 lower-case letters and digits")]
    [InlineData("acme", "http://bank.example/", "address: 'http://bank.example/' is not https on a public host")]
    [InlineData("acme", "https://intranet/", "address: 'https://intranet/' is not https on a public host")]
    [InlineData("acme", "https://bank.example:8443/", "address: 'https://bank.example:8443/' is not https on a public host")]
    [InlineData("acme", "https://user:pass@bank.example/", "address: must have no user, password, query or fragment")]
    public async Task What_may_not_be_declared_is_refused_by_name(string key, string? address, string why)
    {
        var problems = await ProblemsAsync(key, address is null ? Block() : Block(address: address));

        Assert.Contains(why, string.Join("; ", problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_of_a_declaration_is_in_one_answer()
    {
        var declared = await ProblemsAsync("acme", """
            {"name":"Acme","pivot":"EURO","address":"https://acme.example/","schedule":"0 0 16 * * MON-FRI",
             "read":{"format":"json","requests":["r/{day}.json"],"rows":"$.rates[*]","currency":"@.code","rate":"mid",
             "date":"$.day","dateFormat":"yyyy-mm","numbers":"comma","pick":"(?=x)"}}
            """);

        var problems = declared.Select(problem => problem.Field).ToList();
        Assert.Equal(
            ["pivot", "read.pick", "read.requests", "read.direction", "read.dateFormat", "read.rate"], problems);
    }

    [Fact]
    public async Task Misspelled_members_do_not_hide_other_problems()
    {
        var declared = await ProblemsAsync("acme", """
            {"name":"Acme","pivot":"EUX","address":"http://acme.example/","schedule":"0 0 25 * * MON-FRI",
             "historyFrom":"2020-01-01","calender":{"at":"16:00"},
             "read":{"format":"json","requests":["r.json"],"rows":"$.rates[*]","currency":"@.code","rate":"@.mid",
             "date":"$.day","direction":"sideways","pik":"x"}}
            """);

        var problems = declared.Select(problem => problem.Field).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["address", "calender", "historyFrom", "pivot", "read.direction", "read.pik", "schedule"], problems);
    }

    [Fact]
    public async Task A_trial_shows_the_figures_of_the_source_or_of_a_given_body_and_stores_nothing()
    {
        await using var worker = await StartAsync();

        var asked = await TryAsync(worker, new() { Block = Json(Block()) });
        var given = await TryAsync(worker, new()
        {
            Block = Json(Block()),
            Body = """{"day":"2026-11-19","rates":[{"code":"USD","mid":"1.15"},{"code":"XXQ","mid":"1"},{"code":"GBP","mid":"0,87"}]}""",
        });
        var wrong = await TryAsync(worker, new() { Block = Json(Block()), Body = """{"day":"2026-11-19","data":{"rates":[]}}""" });
        var page = await TryAsync(worker, new() { Block = Json(Block()), Body = "<html><body>Sorry</body></html>" });
        var missing = await TryAsync(worker, new() { Block = Json(Block()), Day = new DateOnly(2020, 1, 1) });

        Assert.Equal(3, asked.Count);
        Assert.Equal(["2026-11-19 EUR/USD 1.15"], given.Figures.Select(figure => $"{figure.AsOf:yyyy-MM-dd} {figure.Pair} {figure.Rate}"));
        Assert.Equal("row $.rates[2]", Assert.Single(given.OddRows).Place);
        Assert.Contains("EUR/XXQ", Assert.Single(given.Refused).Place, StringComparison.Ordinal);
        Assert.Equal("read.rows finds nothing: $ has no member 'rates': its members are day, data", wrong.Failure);
        Assert.Contains("this is no JSON (line 1, byte 1): '<' is an invalid start of a value", page.Failure, StringComparison.Ordinal);
        Assert.Equal("status 404", missing.Failure);
        Assert.Empty(await Book.ReadDeclarationsAsync(Token));
        Assert.Null(await worker.SheetAsync("trial"));
        Assert.DoesNotContain("trial", (await Store.Calls.ReadProvidersAsync(Token)).Keys);
    }

    [Fact]
    public async Task Trials_count_against_the_daily_quota_that_workers_share()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        DryRun asked = new() { Key = "acme", Block = Json($$"""{"dailyQuota": 1, {{Block().Trim()[1..]}}""") };

        var (first, second) = (await TryAsync(one, asked), await TryAsync(two, asked));

        Assert.Equal((3, null), (first.Count, first.Failure));
        Assert.Equal("daily quota of 1 requests used; next at 2026-11-21 00:00:00Z", second.Failure);
        Assert.Single(Upstream.CallsOf("acme"));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1799-12-31")]
    [InlineData("9999-12-31")]
    public async Task A_day_that_no_source_has_is_named(string day)
    {
        await using var worker = await StartAsync();

        var answer = await TryAsync(worker, new() { Block = Json(Block()), Day = DateOnly.Parse(day, CultureInfo.InvariantCulture) });

        Assert.Equal(("day", day), (Assert.Single(answer.Problems).Field, answer.Problems[0].Value));
        Assert.Empty(Upstream.CallsOf("acme"));
    }

    // What a worker says of a declaration.
    private async Task<IReadOnlyList<FieldProblem>> ProblemsAsync(string key, string block)
    {
        await using var worker = await StartAsync();
        var json = await worker.Get<QuestionAnswers>().AnswerAsync(
            new() { Kind = QuestionKind.Declaration, Provider = key, Asked = block }, Token);
        return SourceText.ReadDeclarationAnswer(json).Problems;
    }
}
