using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Http.Features;
using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

public sealed class LongHistoryTests
{
    private static readonly CurrencyPair Pair = CurrencyPair.Parse("EUR/USD");

    [Fact]
    public void A_series_of_published_and_of_computed_rates_is_one_list_in_whatever_order_it_is_read()
    {
        var figures = Packed(40);
        var published = figures.Published(Pair, Day(5), Day(29))!;
        var series = new RateSeries();
        List<HistoryRate> expected = [];
        for (var piece = 0; piece < 6; piece++)
        {
            HistoryRate[] computed =
            [
                .. Enumerable.Range(0, piece * 700).Select(number => new HistoryRate(Day(number), number, true, false)),
            ];
            series.Add(published, 366);
            series.Add(computed, 366);
            series.Add(figures.Published(Pair, Day(50), Day(60))!, 366);
            series.Add(new HistoryRate(Day(piece), 1, false, false));
            expected.AddRange([.. published, .. computed, new HistoryRate(Day(piece), 1, false, false)]);
        }

        int[] order = [.. Enumerable.Range(0, expected.Count).OrderBy(number => number * 7919L % expected.Count)];
        Assert.Equal(25, published.Count);
        Assert.Equal(expected, series);
        Assert.Equal(expected.Count, series.Count);
        Assert.Equal(expected, Enumerable.Range(0, expected.Count).Select(index => series[index]));
        Assert.Equal(order.Select(index => expected[index]), order.Select(index => series[index]));
        Assert.Throws<ArgumentOutOfRangeException>(() => series[expected.Count]);
    }

    [Theory]
    [InlineData(0, 39, 40)]
    [InlineData(-9, 3, 4)]
    [InlineData(38, 99, 2)]
    [InlineData(-9, -2, 0)]
    [InlineData(41, 99, 0)]
    public void Published_rates_are_those_of_the_days_asked_for(int from, int to, int count)
    {
        var rates = Packed(40).Published(Pair, Day(from), Day(to))!;

        Assert.Equal(count, rates.Count);
        Assert.All(rates, rate => Assert.Equal(1.1m + ((rate.Day.DayNumber - Day(0).DayNumber) * 0.0001m), rate.Rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => rates[count]);
    }

    [Fact]
    public void A_pair_that_lacks_a_day_or_has_a_figure_of_zero_is_computed()
    {
        var other = CurrencyPair.Parse("EUR/GBP");
        StoredDay[] days =
        [
            Stored(0, (Pair, 1.1m), (other, 0.9m)), Stored(1, (Pair, 1.2m)), Stored(2, (Pair, 0m), (other, 0.8m)),
        ];

        Assert.Null(new PackedFigures(days).Published(Pair, Day(0), Day(2)));
        Assert.Null(new PackedFigures(days[..2]).Published(other, Day(0), Day(2)));
        Assert.NotNull(new PackedFigures(days[..2]).Published(Pair, Day(0), Day(2)));
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Ndjson")]
    public void Rows_are_written_without_allocating_for_each(string format)
    {
        const int Days = 2_000;
        var series = new RateSeries();
        series.Add(Packed(Days).Published(Pair, Day(0), Day(Days))!, Days);
        IReadOnlyList<ReadySeries> year = [ReadySeries.Of("ecb", "USD", series, DayGroup.Day)];
        var buffer = new ArrayBufferWriter<byte>(1024 * 1024);
        using var writer = HistoryWriter.Of(Enum.Parse<AnswerFormat>(format), buffer, new("EUR", false, false, false));

        var least = long.MaxValue;
        for (var attempt = 0; attempt < 20 && least > Days; attempt++)
        {
            buffer.ResetWrittenCount();
            var before = GC.GetAllocatedBytesForCurrentThread();
            writer.Write(year);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(Days, buffer.WrittenSpan.Count((byte)'\n'));
        Assert.True(least <= Days, $"{least} bytes for {Days} rows");
    }

    [Fact]
    public async Task A_long_answer_does_not_go_on_on_the_thread_on_which_the_server_took_what_was_written()
    {
        var body = new SlowBody();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(body);
        using var answer = new LongAnswer(
            context, new("text/csv", default, CacheLifetime.For(TimeSpan.FromMinutes(1))), longestWhole: 10);
        answer.Buffer.Write(new byte[100_000]);

        // Without the synchronization context of the test.
        await Task.Run(() => answer.FlushAsync(Sample.Now, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(100_000, body.Bytes);
        Assert.True(body.Writers.Count > 2);
        Assert.All(body.Writers, thread => Assert.True(thread.IsThreadPoolThread));
    }

    private static PackedFigures Packed(int days) => new([.. Enumerable.Range(0, days).Select(
        number => Stored(number, (Pair, 1.1m + (number * 0.0001m))))]);

    private static StoredDay Stored(int number, params (CurrencyPair Pair, decimal Rate)[] figures) => new(
        Day(number), default,
        [.. figures.Select(figure => new Observation(Day(number), figure.Pair, figure.Rate, RateKind.Reference))]);

    private static DateOnly Day(int number) => new DateOnly(2020, 1, 1).AddDays(number);

    /// <summary>Takes each write on a thread of its own, as a server does when its buffer was full.</summary>
    private sealed class SlowBody : PipeWriter, IHttpResponseBodyFeature
    {
        public List<Thread> Writers { get; } = [];

        public int Bytes { get; private set; }

        public Stream Stream => Stream.Null;

        public PipeWriter Writer => this;

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            Writers.Add(Thread.CurrentThread);
            Bytes += source.Length;
            return new(new Taken(), 0);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override void Advance(int bytes) => throw new NotSupportedException();

        public override Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public override Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;

        /// <summary>A write that ends on a thread of its own, once somebody waits for it.</summary>
        private sealed class Taken : IValueTaskSource<FlushResult>
        {
            private volatile bool _isTaken;

            public ValueTaskSourceStatus GetStatus(short token) =>
                _isTaken ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

            public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
                new Thread(() =>
                {
                    _isTaken = true;
                    continuation(state);
                }).Start();

            public FlushResult GetResult(short token) => default;
        }
    }
}
