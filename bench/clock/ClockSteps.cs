using Microsoft.Extensions.Logging.Abstractions;
using Rates.Store;
using Rates.Worker;

namespace Rates.Clock.Bench;

/// <summary>
/// SC-11 and SC-12: workers whose clocks are set or wrong, with a slot every 30 s for ten minutes. Each looks once a second, as a
/// trigger would make it, and asks the store for the slot.
/// </summary>
internal static class ClockSteps
{
    private const int Seconds = 600;
    private const int Slots = Seconds / 30;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 15, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A row for each way of being wrong.</summary>
    public static async Task<IReadOnlyList<Row>> RowsAsync() =>
    [
        await RowAsync("SC-11", "one worker, its clock is set by +3 h in the middle", After(3 * Hour)),
        await RowAsync("SC-11", "one worker, its clock is set by -1 h in the middle", After(-Hour)),
        await RowAsync("SC-11", "one worker, its clock is set by -3 h in the middle", After(-3 * Hour)),
        await RowAsync("SC-11", "one worker, its clock goes 5 min ahead and back every minute",
            second => second / 60 % 2 == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(5)),
        await RowAsync("SC-11", "one worker, a second is smeared over the ten minutes",
            second => TimeSpan.FromTicks(-second * TimeSpan.TicksPerSecond / Seconds)),
        await RowAsync("SC-12", "one worker is 1 h ahead, one 1 h behind", _ => Hour, _ => -Hour),
        await RowAsync("SC-12", "one worker is right, one 3 h ahead", _ => TimeSpan.Zero, _ => 3 * Hour),
        await RowAsync("SC-12", "one worker alone is 1 h behind", _ => -Hour),
    ];

    private static Func<int, TimeSpan> After(TimeSpan step) => second => second < Seconds / 2 ? TimeSpan.Zero : step;

    private static async Task<Row> RowAsync(string id, string what, params Func<int, TimeSpan>[] clocks)
    {
        var world = new SetClock { Now = Start };
        await using var store = new OwnStore(world);
        var claims = store.Get<IClaims>();
        var definition = new ScheduleDefinition { Cron = "0/30 * * * * ?", Zone = "UTC" };
        var due = ProviderSchedule.Parse("ecb", definition).Due;
        var workers = clocks.Select(_ => new SetClock()).ToArray();
        var storeClocks = workers.Select(machine => new StoreClock(machine, NullLogger<StoreClock>.Instance)).ToArray();
        List<DateTimeOffset> fetched = [];
        for (var second = 0; second <= Seconds; second++)
        {
            world.Now = Start.AddSeconds(second);
            for (var worker = 0; worker < workers.Length; worker++)
            {
                workers[worker].Now = world.Now + clocks[worker](second);
                await LookAsync(claims, due, storeClocks[worker], $"worker-{worker}", fetched, world);
            }
        }

        // The first slot is the one that was due before the start.
        var pause = fetched.Zip(fetched.Skip(1), (one, next) => next - one).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new(id, what, $"{Slots + 1} slots, longest pause 30 s", $"{fetched.Count} slots, longest pause {pause.TotalSeconds:0} s");
    }

    private static async Task LookAsync(
        IClaims claims, IDueTimes due, StoreClock clock, string worker, List<DateTimeOffset> fetched, SetClock world)
    {
        var state = await claims.ReadFetchAsync("ecb", CancellationToken.None);
        clock.Set(state.Now);
        if (SlotCalculator.Latest(due, state.Done, clock.GetUtcNow()) is not { } slot)
        {
            return;
        }

        var terms = new ClaimTerms(worker, TimeSpan.FromSeconds(25), TimeSpan.Zero, 3);
        var claim = await claims.ClaimAsync("ecb", slot, terms, CancellationToken.None);
        if (claim.Verdict == ClaimVerdict.Granted)
        {
            fetched.Add(world.Now);
            await claims.FinishAsync(
                claim, new(SlotDone: true, Failed: false, null, null, null, null), CancellationToken.None);
        }
    }

    /// <summary>A clock that shows what it is set to.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
