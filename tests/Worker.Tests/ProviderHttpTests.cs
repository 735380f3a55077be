using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Rates.Providers;
using Rates.Store;
using Rates.Upstream;
using Rates.Worker.Fetching;

namespace Rates.Worker.Tests;

/// <summary>Whatever a source does, a request of it ends in time, in bounds, with a reason, and without a call too many.</summary>
public sealed class ProviderHttpTests : IAsyncLifetime
{
    private const int Times = 10;

    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly FastTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:00:00Z"), Times);
    private readonly FetchSession _session = new(retries: true, TimeSpan.Zero);

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    [Theory]
    [InlineData("reset")]
    [InlineData("resetbody")]
    [InlineData("status 500")]
    [InlineData("status 503")]
    [InlineData("status 429 Retry-After: 1")]
    [InlineData("wronglength")]
    public async Task A_transient_fault_is_tried_three_times_in_all(string fault)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));
        var mark = _time.GetTimestamp();

        var problem = await FailsAsync();

        Assert.True(problem.Fault is ProviderFault.Unreachable or ProviderFault.Refused, $"{problem.Fault}");
        Assert.Equal(3, _upstream.CallsOf("ecb").Count);
        Assert.Equal(3, _session.Requests);
        Assert.True(_time.GetElapsedTime(mark) > TimeSpan.FromSeconds(1.5), "no pause between the tries");
    }

    [Fact]
    public async Task A_transient_fault_that_passes_is_not_seen()
    {
        _upstream["ecb"].Next(new(FaultKind.Reset), new(FaultKind.Status, "502"));

        var answer = await SendAsync();

        Assert.NotNull(answer.Body);
        Assert.Equal(3, _upstream.CallsOf("ecb").Count);
    }

    [Theory]
    [InlineData("status 400", ProviderFault.Unreadable)]
    [InlineData("status 404", ProviderFault.Unreadable)]
    [InlineData("status 410", ProviderFault.Unreadable)]
    [InlineData("status 401", ProviderFault.Refused)]
    [InlineData("status 402", ProviderFault.Refused)]
    [InlineData("status 403", ProviderFault.Refused)]
    [InlineData("status 429", ProviderFault.Refused)]
    [InlineData("status 429 Retry-After: 3600", ProviderFault.Refused)]
    [InlineData("status 503 Retry-After: 3600", ProviderFault.Unreachable)]
    [InlineData("status 203", ProviderFault.Unreadable)]
    [InlineData("status 206", ProviderFault.Unreadable)]
    [InlineData("status 304", ProviderFault.Unreadable)]
    [InlineData("redirect http://127.0.0.1:1/elsewhere", ProviderFault.Refused)]
    [InlineData("redirect http://169.254.169.254/latest/meta-data/", ProviderFault.Refused)]
    [InlineData("redirect file:///etc/passwd", ProviderFault.Refused)]
    [InlineData("redirect gopher://127.0.0.1:6379/_FLUSHALL", ProviderFault.Refused)]
    [InlineData("redirect http://user:pass@127.0.0.1/", ProviderFault.Refused)]
    [InlineData("redirect http://2130706433/", ProviderFault.Refused)]
    [InlineData("coded wavelet", ProviderFault.Unreadable)]
    [InlineData("bomb", ProviderFault.Unreadable)]
    [InlineData("huge", ProviderFault.Unreadable)]
    [InlineData("endless", ProviderFault.Unreadable)]
    [InlineData("hugechunk", ProviderFault.Unreadable)]
    [InlineData("manyheaders", ProviderFault.Unreadable)]
    public async Task A_permanent_fault_is_met_once(string fault, ProviderFault kind)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));
        var allocated = GC.GetTotalAllocatedBytes();

        var problem = await FailsAsync();

        Assert.Equal(kind, problem.Fault);
        Assert.Single(_upstream.CallsOf("ecb"));
        // The server's own bomb and buffers are in here too.
        Assert.True(GC.GetTotalAllocatedBytes() - allocated < 160 << 20);
    }

    [Fact]
    public async Task Redirects_inside_the_providers_own_hosts_are_followed_twice_at_most()
    {
        _upstream["ecb"].Next(new(FaultKind.Redirect, "/ecb/new.xml"), new(FaultKind.Redirect, "newer.xml"));
        var answer = await SendAsync();
        var followed = _upstream.CallsOf("ecb").Select(call => call.Path);

        Assert.NotNull(answer.Body);
        Assert.Equal(["eurofxref-daily.xml", "new.xml", "newer.xml"], followed);

        _upstream["ecb"].Always(new(FaultKind.Loop));
        var problem = await FailsAsync();

        Assert.Equal(ProviderFault.Refused, problem.Fault);
        Assert.Equal(6, _upstream.CallsOf("ecb").Count);
    }

    [Theory]
    [InlineData("silence", 10)]
    [InlineData("slowheaders 20", 10)]
    [InlineData("slowbody 20", 20)]
    public async Task A_source_that_dawdles_is_left_at_the_deadline(string fault, int seconds)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));
        var mark = _time.GetTimestamp();

        var problem = await FailsAsync();

        Assert.Equal(ProviderFault.Unreachable, problem.Fault);
        Assert.Contains($"{seconds} s", problem.Reason, StringComparison.Ordinal);
        Assert.InRange(_time.GetElapsedTime(mark).TotalSeconds, seconds - 0.5, seconds + 8);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task Nobody_listening_is_a_transient_fault()
    {
        using var closed = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var problem = await FailsAsync(("Address", $"http://127.0.0.1:{port}/"));

        Assert.Equal(ProviderFault.Unreachable, problem.Fault);
        Assert.Equal(3, _session.Requests);
    }

    [Fact]
    public async Task A_private_address_is_refused_and_never_dialled()
    {
        using var http = new ProviderHttp(new(), new(new WorkerOptions()), _time);

        var problem = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http, Provider(), FetchValidators.None));

        Assert.Equal(ProviderFault.Refused, problem.Fault);
        Assert.Contains("no public address", problem.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _upstream.Connections);
    }

    [Theory]
    [InlineData("coded gzip")]
    [InlineData("coded br")]
    [InlineData("coded deflate")]
    public async Task A_packed_body_is_unpacked(string fault)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));

        var answer = await SendAsync();

        Assert.Equal(EcbDocument.Of(Day).Body, answer.Body!.Bytes.ToArray());
        Assert.True(answer.Body.EndsKnown);
    }

    [Fact]
    public async Task A_packed_body_cut_at_any_place_never_passes_for_a_whole_one()
    {
        for (var cut = 12; cut < 300; cut += 7)
        {
            _upstream["ecb"].Always(new(FaultKind.CodedCut, $"{cut}"));
            using var http = Http();
            try
            {
                var answer = await SendAsync(http, Provider(), FetchValidators.None);

                Assert.False(answer.Body!.EndsKnown);
                Assert.ThrowsAny<ProviderException>(() => Provider().Read(answer.Body));
            }
            catch (ProviderException problem)
            {
                Assert.Equal(ProviderFault.Unreadable, problem.Fault);
            }
        }
    }

    [Fact]
    public async Task A_body_cut_at_any_place_never_passes_for_a_whole_one()
    {
        var whole = Provider().Read((await SendAsync()).Body!);
        var length = EcbDocument.Of(Day).Body.Length;
        for (var cut = 0; cut < length; cut += 23)
        {
            _upstream["ecb"].Always(new(FaultKind.Truncated, $"{cut}"));
            var answer = await SendAsync();

            Assert.False(answer.Body!.EndsKnown);
            Assert.ThrowsAny<ProviderException>(() => Provider().Read(answer.Body));
        }

        _upstream["ecb"].Always(new(FaultKind.CloseDelimited));
        Assert.Equal(whole, Provider().Read((await SendAsync()).Body!));
    }

    [Fact]
    public async Task A_status_that_means_nothing_published_is_an_empty_answer()
    {
        _upstream["nb"].Always(new(FaultKind.Status, "404"));
        var provider = Provider("nb");

        var answer = await SendAsync(Http(), provider, FetchValidators.None);

        Assert.Null(answer.Body);
        Assert.False(answer.NotModified);
    }

    [Fact]
    public async Task A_conditional_request_that_is_confirmed_brings_no_body()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day, etag: "\"a1\""));
        var first = await SendAsync();

        var second = await SendAsync(Http(), Provider(), new(first.ETag, first.LastModified, null, null));

        Assert.Equal("\"a1\"", first.ETag);
        Assert.True(second is { NotModified: true, Body: null });
    }

    [Theory]
    [InlineData("Query", "apikey", "", "eurofxref-daily.xml?apikey=s%2Fecret%26key", null)]
    [InlineData("Header", "Authorization", "Token ", "eurofxref-daily.xml", "Token s/ecret&key")]
    public async Task A_credential_is_added_when_the_request_is_sent_and_stays_out_of_what_is_kept(string place, string name, string prefix, string path, string? header)
    {
        var answer = await SendAsync(Http(), Provider("ecb", ($"Credential:{place}", name), ("Credential:Prefix", prefix), ("Key", "s/ecret&key")), FetchValidators.None);

        var call = Assert.Single(_upstream.CallsOf("ecb"));
        Assert.Equal(path, call.Path);
        Assert.Equal(header, call.Headers.GetValueOrDefault("Authorization"));
        Assert.DoesNotContain("ecret", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_say_who_asks_and_what_for()
    {
        await SendAsync(Http(), Provider("ecb", ("Headers:X-Wanted", "yes")), FetchValidators.None);

        var headers = Assert.Single(_upstream.CallsOf("ecb")).Headers;
        Assert.Equal("Rates/0.1", headers["User-Agent"]);
        Assert.Equal("*/*", headers["Accept"]);
        Assert.Equal("yes", headers["X-Wanted"]);
    }

    [Fact]
    public async Task A_post_is_sent_as_utf8_and_cookies_of_a_step_come_back()
    {
        _upstream["ecb"].Next(new Fault(FaultKind.Status, "200 Set-Cookie: session=42; Path=/"));
        using var http = Http();
        await SendAsync(http, Provider(), FetchValidators.None);

        await http.SendAsync(
            Provider(), new("POST", "query.asmx") { Body = "<a>é</a>", ContentType = "text/xml" }, FetchValidators.None, _session, TestContext.Current.CancellationToken);

        var call = _upstream.CallsOf("ecb")[1];
        Assert.Equal(("POST", "<a>é</a>", "text/xml; charset=utf-8", "session=42"), (call.Method, call.Body, call.Headers["Content-Type"], call.Headers["Cookie"]));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("86400", 86_400)]
    [InlineData("9999999", 86_400)]
    [InlineData("Thu, 01 Jan 2026 00:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_read_and_capped(string value, int? seconds)
    {
        _upstream["ecb"].Always(new(FaultKind.Status, $"429 Retry-After: {value}"));

        var problem = await FailsAsync();

        Assert.Equal(seconds is { } number ? TimeSpan.FromSeconds(number) : null, problem.RetryAfter);
    }

    [Fact]
    public async Task A_cancelled_request_ends_as_cancelled()
    {
        _upstream["ecb"].Always(new(FaultKind.Silence));
        using var cancelled = new CancellationTokenSource();
        using var http = Http();
        var sending = http.SendAsync(Provider(), new("GET", "eurofxref-daily.xml"), FetchValidators.None, _session, cancelled.Token);
        var mark = Stopwatch.GetTimestamp();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.True(Stopwatch.GetElapsedTime(mark) < TimeSpan.FromSeconds(5));
    }

    private ProviderHttp Http()
    {
        var options = new WorkerOptions { AllowPrivateAddresses = true };
        return new(options, new(options), _time);
    }

    private RateProvider Provider(string key = "ecb", params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{key}:Address", _upstream.AddressOf(key).AbsoluteUri)])
            .AddInMemoryCollection([.. settings.Select(setting => KeyValuePair.Create($"{key}:{setting.Name}", (string?)setting.Value))])
            .Build();
        var shipped = ProviderCatalog.Shipped().Find(key)!;
        return shipped.With(ProviderBlock.Read(shipped.GetType(), configuration.GetSection(key)));
    }

    private async Task<ProviderAnswer> SendAsync()
    {
        using var http = Http();
        return await SendAsync(http, Provider(), FetchValidators.None);
    }

    private Task<ProviderAnswer> SendAsync(ProviderHttp http, RateProvider provider, FetchValidators condition) =>
        http.SendAsync(provider, provider.Requests(Core.FetchWindow.Of(Day, Day)).First(), condition, _session, TestContext.Current.CancellationToken);

    private async Task<ProviderException> FailsAsync(params (string Name, string Value)[] settings)
    {
        using var http = Http();
        return await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http, Provider("ecb", settings), FetchValidators.None));
    }
}
