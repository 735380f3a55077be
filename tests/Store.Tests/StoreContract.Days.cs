using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Rates.Core;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_stored_day_is_short_text_that_begins_with_its_check_and_is_compressed()
    {
        await Store.UpsertHistoryAsync(
            Ecb,
            [
                Sheets.Figure("EUR/JPY", 171.250m), Sheets.Figure("EUR/USD", 1.1730m), Sheets.Figure("GBP/USD", 1.35m),
                Sheets.Figure("EUR/BTC", 0.00001m, kind: RateKind.CashBid) with { At = Sheets.FetchedAt.ToOffset(TimeSpan.FromHours(2)) },
            ],
            Sheets.FetchedAt, Token);
        await Store.UpsertHistoryAsync(
            Ecb, [Sheets.Figure("EUR/USD", 1.1731m), Sheets.Figure("CHF/SEK", 11.9m) with { IsUnconfirmed = true }],
            Sheets.FetchedAt.AddTicks(1), Token);

        var text = Decompressed((await Rig.StoredDayAsync(Ecb, Sheets.Day))!);

        Assert.Equal(
            "2026-08-20T14:15:03.0000001Z reference CHF/SEK11.9EUR/JPY171.250USD1.1731GBP/1.35 "
            + "cash-bid EUR/BTC0.00001@2026-08-20T16:15:03+02:00, unconfirmed reference CHF/SEK\n"
            + "2026-08-20T14:15:03Z reference EUR/USD1.1730 added reference CHF/SEK",
            text[9..]);
        Assert.Equal($"{Crc32.HashToUInt32(Encoding.UTF8.GetBytes(text[9..])):x8} ", text[..9]);
    }

    [Fact]
    public async Task Every_kind_digit_mark_and_revision_of_a_day_comes_back_from_its_stored_form()
    {
        var kinds = Enum.GetValues<RateKind>();
        Observation[] first =
        [
            .. kinds.Select((kind, index) => Sheets.Figure(index % 2 == 0 ? "EUR/USD" : "USD/PLN", 1.10m + index, kind: kind)),
            .. kinds.Select((kind, index) => Sheets.Figure("ZAR/PLN", index / 1_000_000_000_000_000_000_000_000_000m, kind: kind)),
        ];
        Observation[] second =
        [
            .. first.Where((_, index) => index % 3 == 0).Select(figure => figure with { Rate = figure.Rate + 0.10m, IsUnconfirmed = true }),
            Sheets.Figure("BTC/EUR", decimal.MaxValue) with { At = Sheets.FetchedAt.AddTicks(7) },
        ];
        await Store.UpsertHistoryAsync(Ecb, first, Sheets.FetchedAt, Token);
        await Store.UpsertHistoryAsync(Ecb, second, Sheets.FetchedAt.AddHours(1), Token);
        var expected = HistoryDay.Merge(
            HistoryDay.Merge(null, first, Sheets.FetchedAt), second, Sheets.FetchedAt.AddHours(1))!;

        var day = Assert.Single(await Store.ReadDaysAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        var known = HistoryDay.Read(Ecb, Sheets.Day, Encoding.UTF8.GetBytes(expected.ToJson()));

        Assert.Equal(expected.ToJson(), await Rig.DayTextAsync(Ecb, Sheets.Day));
        Assert.Equal(known.Figures, day.Figures);
        Assert.Equal(known.Figures.Select(figure => figure.ToString()), day.Figures.Select(figure => figure.ToString()));
        Assert.Equal(known.Before()!.Figures, day.Before()!.Figures);
        Assert.Equal(expected.ToJson(), Assert.Single(await Store.ReadArchivedDaysAsync(Ecb, Sheets.Day.Year, Token)).Json);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task A_day_of_an_earlier_release_is_read_and_stored_in_the_short_form_when_it_changes(string before)
    {
        var json = before + Archived("2026-08-19", "\"EUR/USD\":1.1700,\"EUR/JPY\":171").Json;
        await Rig.PlantDayAsync(Ecb, Sheets.Day, json);

        Assert.Equal(2, (await Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token)).Count);
        Assert.Equal(0, await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/JPY", 171m)], Sheets.FetchedAt, Token));
        Assert.Equal(json, Encoding.UTF8.GetString((await Rig.StoredDayAsync(Ecb, Sheets.Day))!));

        Assert.Equal(1, await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/JPY", 172m)], Sheets.FetchedAt, Token));
        Assert.Equal(
            "2026-08-20T14:15:03Z reference EUR/JPY172USD1.1700\n2026-08-19T00:00:00Z reference EUR/JPY171",
            Decompressed((await Rig.StoredDayAsync(Ecb, Sheets.Day))!)[9..]);
    }

    [Fact]
    public async Task A_damaged_day_is_named_whichever_bit_or_byte_of_it_is_wrong()
    {
        await Store.UpsertHistoryAsync(
            Ecb, [Sheets.Figure("EUR/USD", 1.1730m), Sheets.Figure("EUR/JPY", 171.25m)], Sheets.FetchedAt, Token);
        var stored = (await Rig.StoredDayAsync(Ecb, Sheets.Day))!;
        var right = DayForm.Parse(Sheets.Day, stored)!.ToJson();

        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            var damaged = stored.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            IsRightOrRefused(damaged);
        }

        for (var length = 0; length < stored.Length; length++)
        {
            Assert.Null(DayForm.Parse(Sheets.Day, stored.AsSpan(0, length)));
        }

        await Rig.PlantDayAsync(Ecb, Sheets.Day, stored[..^3]);
        var read = await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        var archived = await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadArchivedDaysAsync(Ecb, Sheets.Day.Year, Token));
        Assert.All([read, archived], problem => Assert.Equal(
            "ecb: the stored sheet is not usable: the history of 2026-08-20 is not readable", problem.Message));
        Assert.Empty(await Store.ReadHistoryAsync(Ecb, Sheets.Day.AddDays(1), Sheets.Day.AddDays(2), Token));

        void IsRightOrRefused(byte[] damaged)
        {
            // A bit that fills up the last byte says nothing.
            if (DayForm.Parse(Sheets.Day, damaged) is { } day)
            {
                Assert.Equal(right, day.ToJson());
            }
        }
    }

    [Theory]
    [InlineData("""{"fetchedAt":"2026-08-19T00:00:00+00:00"}""")]
    [InlineData("""{"fetchedAt":"2026-08-19T00:00:00+00:00","figures":{"reference":{"EURUSD":1.17}},"revisions":[]}""")]
    [InlineData("""{"fetchedAt":"2026-08-19T00:00:00+00:00","figures":{},"revisions":[{"fetchedAt":"2026-08-18T00:00:00Z"}]}""")]
    public async Task A_day_of_an_earlier_release_that_is_not_whole_is_named(string json)
    {
        await Rig.PlantDayAsync(Ecb, Sheets.Day, json);

        await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        Assert.Equal(1, await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.17m)], Sheets.FetchedAt, Token));
    }

    private static string Decompressed(byte[] stored)
    {
        using var text = new StreamReader(new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }
}
