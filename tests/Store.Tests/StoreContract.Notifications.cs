using System.Collections.Concurrent;
using Rates.Testing;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_publish_and_a_confirmation_are_hinted_to_whoever_watches()
    {
        ConcurrentQueue<string> here = [], there = [];
        await using var watch = await Store.WatchAsync(here.Enqueue, Token);
        await using var other = await Rig.Another().WatchAsync(there.Enqueue, Token);

        await PublishedAsync(Sheets.Of(Ecb));
        await Eventually.IsAsync(() => here.Contains(Ecb) && there.Contains(Ecb), Token);
        here.Clear();
        await Store.FinishAsync(await GrantedAsync(Ecb), Unchanged with { CheckedAt = Now }, Token);

        await Eventually.IsAsync(() => here.Contains(Ecb), Token);
    }

    [Fact]
    public async Task After_a_watch_was_ended_nothing_is_hinted_to_it()
    {
        ConcurrentQueue<string> ended = [], watching = [];
        var first = await Store.WatchAsync(ended.Enqueue, Token);
        await using var second = await Store.WatchAsync(watching.Enqueue, Token);

        await first.DisposeAsync();
        await PublishedAsync(Sheets.Of(Ecb));
        await Eventually.IsAsync(() => !watching.IsEmpty, Token);

        Assert.Empty(ended);
    }

    [Fact]
    public async Task A_changed_schedule_is_hinted_and_a_refused_edit_is_not()
    {
        var notifications = 0;
        await using var watch = await Store.WatchAsync(() => Interlocked.Increment(ref notifications), Token);

        await Store.EditAsync(Ecb, 5, Shipped, Token);
        await Store.EditAsync(Ecb, 0, Shipped, Token);
        await Eventually.IsAsync(() => Volatile.Read(ref notifications) > 0, Token);

        Assert.Equal(1, notifications);
    }
}
