using Pipelines.Sockets.Unofficial;

namespace Rates.Compat.Tests;

public class DelegatesTests
{
    [Fact]
    public void Handlers_come_in_order_of_subscription()
    {
        Func<int>? handlers = null;
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            handlers += () => number;
        }

        var results = new List<int>();
        foreach (Func<int> handler in handlers.AsEnumerable()) results.Add(handler());

        Assert.Equal([0, 1, 2], results);
        Assert.False(handlers!.IsSingle());
    }

    [Fact]
    public void One_handler_is_single_and_none_is_not()
    {
        Action one = static () => { };
        Action? none = null;

        Assert.True(one.IsSingle());
        Assert.False(none.IsSingle());
        Assert.False(none.AsEnumerable().GetEnumerator().MoveNext());
    }

    [Fact]
    public void Walking_the_handlers_allocates_nothing()
    {
        Action handlers = static () => { };
        handlers += static () => { };
        Walk();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Walk();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Walk()
        {
            foreach (Action handler in handlers.AsEnumerable()) handler();
        }
    }
}
