using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>A limit of time that a pattern reaches because the machine was held up costs no row and no fetch.</summary>
public sealed class HeldUpTests
{
    private const string Rows = """[{"rate":1.1},{"rate":1.2}]""";

    [Theory]
    [InlineData("row", 1)]
    [InlineData("row", 2)]
    [InlineData("document", 1)]
    [InlineData("step", 1)]
    public void What_reached_a_limit_once_is_read_once_more(string where, int limits)
    {
        var provider = new HeldUp(where, limits);

        var sheet = provider.Read(Body(Rows));

        Assert.Equal([1.1m, 1.2m], sheet.Observations.Select(one => one.Rate));
        Assert.Empty(sheet.OddRows);
    }

    [Theory]
    [InlineData("row", 100)]
    [InlineData("document", 100)]
    public void A_body_that_was_made_to_take_long_is_refused(string where, int limits)
    {
        var provider = new HeldUp(where, limits);

        var problem = Assert.Throws<ProviderException>(() => provider.Read(Body(Rows)));

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
        Assert.InRange(provider.Reached, 2, 4);
    }

    [Fact]
    public void Many_rows_that_reach_it_are_not_read_again()
    {
        var provider = new HeldUp("row", 100);

        Assert.Throws<ProviderException>(() => provider.Read(Body($"[{string.Join(',', Enumerable.Repeat("""{"rate":1.1}""", 50))}]")));

        Assert.Equal(50, provider.Reached);
    }

    private static ProviderBody Body(string json) =>
        new(new("GET", "rates"), Encoding.UTF8.GetBytes(json), "application/json", new(2026, 8, 20));

    /// <summary>An adapter on a machine that is held up in its first patterns.</summary>
    private sealed class HeldUp(string where, int limits) : RateProvider("held", ProviderBlock.Embedded(typeof(Ecb)))
    {
        public int Reached { get; private set; }

        public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [];

        protected override IEnumerable<Observation> Parse(ProviderBody body)
        {
            Match("document");
            _ = where == "step" ? ReadStep(body, _ => Match("step")) : 0;
            return body.Items().Select(row => new Observation(
                new(2026, 8, 20), CurrencyPair.Parse("EUR/USD"), row.Member("rate").GetDecimal() + Match("row"), RateKind.Reference));
        }

        private int Match(string here)
        {
            if (here != where || Reached == limits)
            {
                return 0;
            }

            Reached++;
            throw new RegexMatchTimeoutException();
        }
    }
}
