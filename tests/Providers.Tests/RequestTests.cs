namespace Rates.Providers.Tests;

/// <summary>Sources with more than one address are asked at the one that has the window's days.</summary>
public sealed class RequestTests
{
    [Fact]
    public void Hnb_is_asked_for_kuna_and_euro_lists_apart()
    {
        var paths = new Hnb().Requests(new(new(2022, 12, 30), new(2023, 1, 3), new(2026, 5, 29))).Select(request => request.Path);

        Assert.Equal(
            [
                "tecajn/v2?datum-primjene-od=2022-12-30&datum-primjene-do=2022-12-31",
                "tecajn-eur/v3?datum-primjene-od=2023-01-01&datum-primjene-do=2023-01-03",
            ],
            paths);
    }

    [Fact]
    public void Nbrb_is_asked_by_day_for_short_windows_and_by_currency_for_long_ones()
    {
        var week = new Nbrb().Requests(new(new(2026, 3, 2), new(2026, 3, 8), new(2026, 5, 29))).ToList();
        var year = new Nbrb().Requests(new(new(2025, 1, 1), new(2025, 12, 31), new(2026, 5, 29))).ToList();

        Assert.Equal(7, week.Count);
        Assert.All(week, request => Assert.StartsWith("rates?ondate=", request.Path, StringComparison.Ordinal));
        Assert.Equal(31, year.Count);
        Assert.All(year, request => Assert.StartsWith("rates/dynamics/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Nbrb_is_asked_by_day_for_years_whose_currency_ids_are_gone() =>
        Assert.All(
            new Nbrb().Requests(new(new(2018, 1, 1), new(2018, 12, 31), new(2026, 5, 29))),
            request => Assert.StartsWith("rates?ondate=2018-", request.Path, StringComparison.Ordinal));
}
