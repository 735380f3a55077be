using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Rates.Providers;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Faults, and how often they are met.</summary>
public sealed partial class ProviderHttpTests
{
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
    [InlineData("""refusal 403 {"success":false,"error":{"code":101,"type":"invalid_key"}}""", "status 403: 101: invalid_key")]
    [InlineData("""refusal 400 {"message":"Not valid","errors":{"base":["unknown"]}}""", "status 400: Not valid: unknown")]
    [InlineData("refusal 401 {}", "status 401")]
    [InlineData("refusal 401 no JSON", "status 401")]
    [InlineData("""refusal 401 {"error":"a","error":"b"}""", "status 401")]
    [InlineData("status 403", "status 403")]
    public async Task A_refusal_is_told_with_the_reason_that_the_source_gives(string fault, string reason)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));

        Assert.Equal(reason, (await FailsAsync()).Reason);
    }

    [Fact]
    public async Task A_reason_that_does_not_come_is_not_waited_for()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        using var response = Refusal();

        var reading = RefusalReason.OfAsync(response, TimeSpan.FromSeconds(5), time, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(await reading);
    }

    [Fact]
    public async Task A_worker_that_stops_does_not_take_a_reason_for_missing()
    {
        using var response = Refusal();
        using var stop = new CancellationTokenSource();

        var reading = RefusalReason.OfAsync(response, TimeSpan.FromSeconds(5), new FakeTimeProvider(DateTimeOffset.UnixEpoch), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    // JSON of which no byte comes.
    private static HttpResponseMessage Refusal()
    {
        var content = new StreamContent(new System.IO.Pipelines.Pipe().Reader.AsStream());
        content.Headers.ContentType = new("application/json");
        return new(System.Net.HttpStatusCode.Forbidden) { Content = content };
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_left_out()
    {
        _upstream["ecb"].Always(new(FaultKind.Refusal, $$"""403 {"error":"{{new string('x', 20_000)}}"}"""));

        Assert.Equal("status 403", (await FailsAsync()).Reason);
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
    [InlineData("refusal 403 {\"error\":\"no\"}", ProviderFault.Refused)]
    [InlineData("refusal 422 {\"message\":\"no\"}", ProviderFault.Unreadable)]
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
    [InlineData("localhost")]
    [InlineData("127.0.0.2")]
    [InlineData("127.0.0.1.elsewhere.example")]
    public async Task A_redirect_to_another_host_on_the_same_port_is_not_followed(string host)
    {
        var own = _upstream.AddressOf("ecb");
        _upstream["ecb"].Always(new(FaultKind.Redirect, new UriBuilder(own) { Host = host }.Uri.AbsoluteUri));

        var problem = await FailsAsync();

        Assert.Equal(ProviderFault.Refused, problem.Fault);
        Assert.Contains($"redirected to http://{host}:{own.Port}, outside its own hosts", problem.Message, StringComparison.Ordinal);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Theory]
    [InlineData("silence", 10)]
    [InlineData("slowheaders 20", 10)]
    [InlineData("slowbody 20", 20)]
    public async Task A_source_that_dawdles_is_left_at_the_deadline_and_no_earlier(string fault, int seconds)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-20T16:00:00Z"));

        // A slow body's headers come at once, but the clock may be moved before they are read.
        var shipped = new WorkerOptions();
        var options = new WorkerOptions
        {
            AllowPrivateAddresses = true,
            HeadersDeadline = fault.StartsWith("slowbody", StringComparison.Ordinal)
                ? Patient.HeadersDeadline
                : shipped.HeadersDeadline,
        };
        using var http = new ProviderHttp(options, new(options), time);
        var sending = SendAsync(http, Provider(), FetchValidators.None);
        await Eventually.IsAsync(() => _upstream.CallsOf("ecb").Count == 1, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        var problem = await Assert.ThrowsAsync<ProviderException>(() => sending);

        Assert.Equal(ProviderFault.Unreachable, problem.Fault);
        Assert.Contains($"{seconds} s", problem.Reason, StringComparison.Ordinal);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task Nobody_listening_is_a_transient_fault()
    {
        // Bound, so that nobody else gets the port, and not listening.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));

        var problem = await FailsAsync(("Address", $"http://{deaf.LocalEndPoint}/"));

        Assert.Equal(ProviderFault.Unreachable, problem.Fault);
        Assert.Equal(3, _session.Requests);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.TryAgain)]
    public async Task A_name_that_is_not_resolved_is_told_as_such(SocketError error)
    {
        SourceConnector connector = new(new(Patient), null, (_, _) => throw new SocketException((int)error));
        using var http = new ProviderHttp(Patient, connector, _time);
        var provider = Provider("ecb", ("Address", "http://bank.example/"));

        var problem = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http, provider, FetchValidators.None));

        Assert.Equal(ProviderFault.Unreachable, problem.Fault);
        Assert.StartsWith("the name of the host was not resolved: ", problem.Reason, StringComparison.Ordinal);
        Assert.EndsWith("(bank.example:80)", problem.Reason, StringComparison.Ordinal);
        Assert.Equal(3, _session.Requests);
    }

    [Fact]
    public async Task A_private_address_is_refused_and_never_dialled()
    {
        var options = new WorkerOptions { HeadersDeadline = Patient.HeadersDeadline, Deadline = Patient.Deadline };
        using var http = new ProviderHttp(options, new(options), _time);

        var problem = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http, Provider(), FetchValidators.None));

        Assert.Equal(ProviderFault.Refused, problem.Fault);
        Assert.Contains("no public address", problem.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _upstream.Connections);
    }
}
