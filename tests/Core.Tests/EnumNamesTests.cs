using System.Text.Json;

namespace Rates.Core.Tests;

/// <summary>The texts of enumerations.</summary>
public sealed class EnumNamesTests
{
    private enum Gap
    {
        First,
        Third = 2,
    }

    private enum Plain
    {
        One,
        Two,
    }

    [Fact]
    public void A_name_stands_at_the_place_of_its_value()
    {
        var names = EnumNames.Of(typeof(RateKind));

        Assert.Equal(Enum.GetValues<RateKind>().Length, names.Length);
        Assert.All(Enum.GetValues<RateKind>(), kind => Assert.Equal(kind, JsonSerializer.Deserialize<RateKind>($"\"{names[(int)kind]}\"")));
        Assert.Equal("cash-bid", names[(int)RateKind.CashBid]);
    }

    [Fact]
    public void A_value_without_a_name_of_its_own_has_its_own_name() => Assert.Equal(["One", "Two"], EnumNames.Of(typeof(Plain)));

    [Fact]
    public void Values_with_a_gap_are_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => EnumNames.Of(typeof(Gap)));

        Assert.Contains(nameof(Gap), refused.Message, StringComparison.Ordinal);
    }
}
