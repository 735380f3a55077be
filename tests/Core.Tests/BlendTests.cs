using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using static Rates.Core.BlendMethod;

namespace Rates.Core.Tests;

public sealed class BlendTests
{
    [Theory]
    [InlineData(First, "1.10", "1.10")]
    [InlineData(First, "1.12 1.10 1.11", "1.12")]
    [InlineData(Median, "1.12 1.10 1.11", "1.11")]
    [InlineData(Median, "1.28 1.25", "1.2649110640673517327995574178")]
    [InlineData(Median, "1.21 1.24 1.25 1.28", "1.2449899597988732374835970667")]
    [InlineData(Median, "1.25 9.99 1.28", "1.2649110640673517327995574178")]
    [InlineData(Mean, "1.12 1.10 1.14", "1.12")]
    [InlineData(Consensus, "1.10 1.11 1.12 11.1", "1.11")]
    [InlineData(Consensus, "1.25 1.28 11.1", "1.2649110640673517327995574178")]
    [InlineData(Mean, "1.10 11.0 1.12", "1.11")]
    [InlineData(Mean, "1.10 1.11 11.1 1.12", "1.11")]
    [InlineData(Mean, "1.10 0.01 1.11 1.12 1.13 99", "1.115")]
    [InlineData(Mean, "1.00 1.02 1.04 1.06", "1.03")]
    public void Each_method_gives_its_rate(BlendMethod method, string rates, string expected) =>
        Assert.Equal(decimal.Parse(expected), Of(method, rates).Rate);

    [Fact]
    public void One_rate_alone_keeps_its_published_digits() => Assert.Equal("1.1100", Of(Consensus, "1.1100").Rate!.Value.ToString());

    [Theory]
    [InlineData(Median)]
    [InlineData(Mean)]
    [InlineData(Consensus)]
    public void Two_that_disagree_by_more_than_5_percent_are_never_averaged(BlendMethod method)
    {
        Assert.NotNull(Of(method, "1.00 1.05").Rate);

        var apart = Of(method, "1.00 1.051");

        Assert.Null(apart.Rate);
        Assert.Equal("of the two witnesses the higher is 5.1 % above the lower", apart.Note);
        Assert.Equal((2, 1.00m, 1.051m), (apart.Count, apart.Min, apart.Max));
    }

    [Theory]
    [InlineData(Median)]
    [InlineData(Mean)]
    [InlineData(Consensus)]
    public void Two_groups_of_equal_size_are_never_averaged(BlendMethod method)
    {
        var groups = Of(method, "1.10 1.11 1.12 11.2 11.3 11.4");

        Assert.Null(groups.Rate);
        Assert.Equal("of the middle two witnesses the higher is 900 % above the lower", groups.Note);
    }

    [Fact]
    public void A_mean_of_three_that_disagree_says_so()
    {
        Assert.Equal("the highest of the witnesses is 20 % above the lowest", Of(Mean, "2.00 2.40 2.20").Note);
        Assert.Equal("", Of(Mean, "2.00 2.10 2.05").Note);
        Assert.Equal("the highest of the witnesses is 5.1 % above the lowest", Of(Mean, "2.00 2.102 2.05").Note);
    }

    [Fact]
    public void Outliers_are_named_and_do_not_count()
    {
        var blend = Of(Consensus, "1.10 1.10 1.10 1.10 2.20");

        Assert.Equal([new BlendOutlier("p4", 2.20m, "100 % above the middle of the others")], blend.Outliers);
        Assert.Equal(["p0", "p1", "p2", "p3"], blend.Providers);
        Assert.Equal((4, 1.10m, 1.10m, 0m), (blend.Count, blend.Min, blend.Max, blend.Spread));
        Assert.Equal("50 % below the middle of the others", Assert.Single(Of(Consensus, "1.10 1.10 0.55 1.10 1.10").Outliers).Reason);
    }

    [Theory]
    [InlineData(First, "1.10 1.14", "0")]
    [InlineData(Median, "1.10 1.14", "0.0357142857142857142857142857")]
    [InlineData(Mean, "1.10 1.14", "0.0357142857142857142857142857")]
    [InlineData(Consensus, "2.00 2.02 2.04 2.08", "0.0392156862745098039215686275")]
    public void The_spread_is_the_distance_of_the_extremes_as_a_fraction_of_their_middle(BlendMethod method, string rates, string spread)
    {
        var blend = Of(method, rates);

        Assert.Equal(decimal.Parse(spread), blend.Spread);
        Assert.Empty(blend.Note);
    }

    [Fact]
    public void Providers_of_one_group_count_once_and_are_all_listed()
    {
        var blend = Blend.Of(Median, [Input("ecb", "", 1.00m), Input("bcv", "ecb", 1.50m), Input("bcc", "ecb", 1.50m),
            Input("frb", "", 1.02m)]);

        Assert.Equal((GeometricMean.Of(1.00m, 1.02m), 2), (blend.Rate, blend.Count));
        Assert.Equal(["ecb", "bcv", "bcc", "frb"], blend.Providers);
    }

    [Fact]
    public void Copies_of_one_wrong_provider_do_not_outvote_the_others()
    {
        var blend = Blend.Of(Consensus,
            [Input("a", "lse", 9m), Input("b", "lse", 9m), Input("c", "lse", 9m), Input("d", "", 1m), Input("e", "", 1m),
                Input("f", "", 1.01m)]);

        Assert.Equal((1m, 3), (blend.Rate, blend.Count));
        Assert.Equal(["d", "e", "f"], blend.Providers);
        Assert.Equal("a", Assert.Single(blend.Outliers).Provider);
    }

    [Theory]
    [InlineData(Median)]
    [InlineData(Mean)]
    [InlineData(Consensus)]
    public void Of_three_the_one_that_differs_from_two_that_agree_is_left_out(BlendMethod method)
    {
        var blend = Of(method, "1.10 11.0 1.12");

        Assert.Equal(["p0", "p2"], blend.Providers);
        Assert.Equal("p1", Assert.Single(blend.Outliers).Provider);
        Assert.Empty(Of(method, "1.10 1.155 1.12").Outliers);
        Assert.Equal("p2", Assert.Single(Of(method, "1.00 1.05 1.20").Outliers).Provider);
        Assert.Empty(Of(method, "1.00 1.0501 1.20").Outliers);
        Assert.Empty(Of(method, "1.00 1.06 1.12").Outliers);
        Assert.Equal(method == Median ? 0 : 1, Of(method, "1.10 11.0 1.12 1.11").Outliers.Count);
    }

    [Theory]
    [InlineData("1.00 1.00 1.00 1.00 1.0501", 1)]
    [InlineData("1.00 1.00 1.00 1.00 1.05", 0)]
    [InlineData("1.00 1.01 1.02 1.03 1.04 1.18", 1)]
    [InlineData("1.00 1.01 1.02 1.03 1.04 1.17", 0)]
    [InlineData("1.00 1.00 1.00 1.02 1.10", 1)]
    [InlineData("100 100 100 100 105", 0)]
    [InlineData("100 100 100 100 105.01", 1)]
    [InlineData("0.01 0.01 0.01 0.01 0.02", 1)]
    public void An_outlier_is_beyond_ten_median_distances_and_five_percent(string rates, int outliers) =>
        Assert.Equal(outliers, Of(Consensus, rates).Outliers.Count);

    [Fact]
    public void A_median_of_inverted_rates_is_the_inverse() => Given.Always(
        from inputs in Inputs
        select (Straight: Blend.Of(Median, inputs),
            Inverted: Blend.Of(Median, [.. inputs.Select(input => input with { Rate = 1 / input.Rate })])),
        each => each.Straight.Rate is { } straight && each.Inverted.Rate is { } inverted
            ? Math.Abs(straight * inverted - 1) <= 1e-18m
            : each.Straight.Rate is null && each.Inverted.Rate is null);

    [Theory]
    [InlineData("1.10 1.11 1.12 1.13 1.14 11.2", 1)]
    [InlineData("1.10 1.11 1.12 1.13 11.1 11.2", 2)]
    public void One_or_two_wrong_rates_among_six_are_found(string rates, int wrong) =>
        Assert.Equal(wrong, Of(Consensus, rates).Outliers.Count);

    [Fact]
    public void A_blend_names_its_newest_and_oldest_day()
    {
        BlendInput[] inputs = [new("a", "", 1m, Given.Day("2026-04-13")), new("b", "", 1m, Given.Day("2026-04-10")),
            new("c", "b", 1m, Given.Day("2020-01-02"))];

        Assert.Equal(Given.Day("2026-04-10"), Blend.Of(Median, inputs).Oldest);
        Assert.Equal(Given.Day("2026-04-13"), Blend.Of(Median, inputs).Newest);
        Assert.Equal(Given.Day("2026-04-13"), Blend.Of(First, inputs).Oldest);
    }

    [Fact]
    public void Without_a_provider_there_is_no_rate_but_a_note()
    {
        var none = Blend.Of(Median, []);

        Assert.Null(none.Rate);
        Assert.Equal("no provider covers the pair", none.Note);
    }

    [Fact]
    public void A_blend_lies_within_its_bounds() => Given.Always(
        from method in Gen.Elements(Enum.GetValues<BlendMethod>())
        from inputs in Inputs
        select Blend.Of(method, inputs), blend =>
            blend.Rate is not { } rate ? blend.Note != "" : rate >= blend.Min && rate <= blend.Max);

    [Theory]
    [InlineData("4", "9", "6")]
    [InlineData("1.10", "1.10", "1.10")]
    [InlineData("0.000000001", "0.000000004", "0.000000002")]
    [InlineData("2", "1", "1.4142135623730950488016887242")]
    [InlineData("79228162514264337593543950335", "7922816251426433759354395033.5", "25054144837504793118641380157")]
    [InlineData("79228162514264337593543950335", "792281625142643375935439503.35", "7922816251426433759354395033.5")]
    [InlineData("0.0000000000000000000000000002", "0.0000000000000000000000000003", "0.0000000000000000000000000002")]
    [InlineData("0.0000000000000000000000000002", "0.0000000000000000000000000004", "0.0000000000000000000000000003")]
    [InlineData("10000000000000000000000000000", "40000000000000000000000000000", "20000000000000000000000000000")]
    [InlineData("0.0000000000000000000000000001", "10000000000000000000000000000", "1")]
    public void The_geometric_mean_is_exact_to_the_last_digit(string one, string other, string expected) =>
        Assert.Equal(decimal.Parse(expected), GeometricMean.Of(decimal.Parse(one), decimal.Parse(other)));

    [Theory]
    [InlineData("1.10", "1.10", "1.10")]
    [InlineData("4.0", "9.0", "6")]
    public void The_geometric_mean_of_equal_rates_keeps_their_digits_and_a_computed_one_has_no_zeros_at_its_end(
        string one, string other, string expected) =>
        Assert.Equal(expected, GeometricMean.Of(decimal.Parse(one), decimal.Parse(other)).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void The_order_of_the_providers_does_not_matter_beyond_first() => Given.Always(
        from method in Gen.Elements(Median, Mean, Consensus)
        from inputs in Inputs
        from shuffled in Gen.Shuffle(inputs)
        select (Blend.Of(method, inputs), Blend.Of(method, shuffled)), each =>
            each.Item1.Rate == each.Item2.Rate && each.Item1.Spread == each.Item2.Spread && each.Item1.Providers.Order()
                .SequenceEqual(each.Item2.Providers.Order()));

    [Fact]
    public void Every_provider_is_either_listed_or_an_outlier() => Given.Always(
        from inputs in Inputs
        select (inputs, Blend.Of(Consensus, inputs)), each =>
            each.Item2.Count == each.Item2.Providers.Count
                && each.Item2.Providers.Concat(each.Item2.Outliers.Select(outlier => outlier.Provider)).Order()
                .SequenceEqual(each.inputs.Select(input => input.Provider).Order()));

    private static BlendResult Of(BlendMethod method, string rates) =>
        Blend.Of(method, [.. rates.Split(' ').Select((rate, at) => Input($"p{at}", "", decimal.Parse(rate)))]);

    private static BlendInput Input(string provider, string independence, decimal rate) =>
        new(provider, independence, rate, Given.Day("2026-04-13"));

    /// <summary>One to nine providers with rates near 1, most of them close together.</summary>
    private static Gen<BlendInput[]> Inputs =>
        from count in Gen.Choose(1, 9)
        from rates in Gen.ArrayOf(Gen.Frequency((5, Gen.Choose(9_900, 10_100)), (1, Gen.Choose(1, 1_000_000))), count)
        select rates.Select((rate, at) => Input($"p{at}", "", rate / 10_000m)).ToArray();
}
