using System.Text;
using Rates.Testing;

namespace Rates.Api.Tests;

[Collection(Alone.Name)]
public sealed class AllocationTests
{
    private const int Requests = 5_000;

    // The server's own timers tick a few times while this runs; a single byte a request would be as much.
    private const long Noise = Requests * 2L;

    [Theory]
    [InlineData("/v1/rates?quotes=USD,GBP&providers=ecb,boc")]
    [InlineData("/v1/rates?providers=all")]
    [InlineData("/v1/rates")]
    public async Task A_read_that_comes_again_allocates_nothing(string path)
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        await Task.Run(() => Read(api, path), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Gathering_an_answer_with_its_headers_allocates_nothing()
    {
        var now = Sample.Now;
        var book = new RateBook(
            [ProviderEntry.Of(Sample.Ecb, Sample.EcbSheet, null, default, "", now),
                ProviderEntry.Of(Sample.Boc, Sample.BocSheet, null, default, "", now)], []);
        string[] queries = [.. from one in (string[])["EUR", "GBP", "USD"]
                               from quote in (string[])["EUR", "GBP", "USD", "CAD"]
                               where quote != one
                               select $"?base={one}&quotes={quote}&providers=boc,ecb"];
        ushort[] indexes = [0, 1];
        var written = Gather(1_000);

        // The runtime's own work on this thread, such as putting better code in place, happens once and not every time.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            written = Gather(1_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.True(written > 100);

        int Gather(int times)
        {
            var length = 0;
            for (var round = 0; round < times; round++)
            {
                var buffer = ByteBuffer.Rent();
                var asked = queries[round % queries.Length];
                var tagKey = Fingerprint.Of(asked);
                EntityTags.Sent.Load(tagKey);
                var query = RatesQuery.Parse(asked, RatesEndpoint.Allowed, book);
                var sentTag = EntityTags.Sent.Find(tagKey);
                EachAnswer.WriteJson(buffer, query, book.Pieces);
                var tag = EntityTags.Sent.Of(buffer.Written.Span, tagKey, sentTag);
                var headers = new AnswerHeaders("application/json", tag, BookLifetime.Of(book, indexes));
                length = buffer.Written.Length + headers.ETag.Count;
            }

            return length;
        }
    }

    private static void Read(KestrelApi api, string path)
    {
        using var socket = api.Connect();
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = new byte[64 * 1024];
        Exchange(3_000);

        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > Noise; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Exchange(Requests);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(answer, 0, 12), StringComparison.Ordinal);
        Assert.True(least <= Noise, $"{least} bytes for {Requests} requests");

        void Exchange(int times)
        {
            for (var round = 0; round < times; round++)
            {
                socket.Send(request);
                socket.Receive(answer);
            }
        }
    }
}
