using System.Text;

namespace Rates.Providers.Tests;

/// <summary>An error that a service reports inside its answer is a failure with the service's own words, and never "no data".</summary>
public sealed class ReportedErrorTests
{
    [Theory]
    [InlineData("""{"success":false,"error":{"code":105,"type":"base_restricted"}}""", "105: base_restricted")]
    [InlineData("""{"error":{"code":"invalid_access_key","message":"No valid key."}}""", "invalid_access_key: No valid key.")]
    [InlineData("""{"error":"Base 'FOO' is not supported."}""", "Base 'FOO' is not supported.")]
    [InlineData("""{"result":"error","error-type":"invalid-key"}""", "invalid-key")]
    [InlineData("""{"message":"Invalid","errors":{"base":["The base is invalid."]}}""", "Invalid: The base is invalid.")]
    [InlineData("""{"success":"0","msgid":"1000701","msg":"no such pair"}""", "1000701: no such pair")]
    [InlineData("""{"Error Message":"Invalid API call."}""", "Invalid API call.")]
    [InlineData("""{"success":false}""", "no reason is given")]
    [InlineData("""{"status":false,"error":"No access."}""", "No access.")]
    public void An_error_is_told_in_the_words_of_the_source(string answer, string words)
    {
        var problem = Assert.Throws<ProviderException>(() => ReportedError.ThrowIfAny(Answer(answer), "xyz"));

        Assert.Equal((ProviderFault.Refused, 0, $"the source reports an error: {words}"), (problem.Fault, problem.Status, problem.Reason));
    }

    [Theory]
    [InlineData("""{"message":"API rate limit exceeded for 'quota'"}""")]
    [InlineData("""{"success":false,"error":{"code":104,"type":"usage_limit_reached"}}""")]
    [InlineData("""{"Note":"Our standard API call frequency is 5 calls per minute."}""")]
    [InlineData("""{"error":true,"status":429,"message":"too_many_requests","description":"Slow down."}""")]
    public void A_limit_that_has_been_reached_has_the_status_of_one(string answer) =>
        Assert.Equal(429, Assert.Throws<ProviderException>(() => ReportedError.ThrowIfAny(Answer(answer), "xyz")).Status);

    [Theory]
    [InlineData("""{"success":true,"error":null,"info":{"rate":1.1},"rates":{"USD":1.1}}""")]
    [InlineData("""{"success":"1","result":{"rate":"7.1"}}""")]
    [InlineData("""{"status":true,"error":"","rates":[]}""")]
    [InlineData("""{"result":"success","rates":{}}""")]
    [InlineData("""[{"Message":null}]""")]
    [InlineData("42")]
    public void An_answer_without_an_error_passes(string answer) => ReportedError.ThrowIfAny(Answer(answer), "xyz");

    [Fact]
    public void Every_document_of_an_error_is_a_failure_that_tells_it() =>
        Assert.All(Documents("error").Concat(Documents("limit")), document =>
        {
            var problem = Assert.Throws<ProviderException>(() => document.Provider.Read(document.Body));

            Assert.DoesNotContain("no rate in the answer", problem.Reason, StringComparison.Ordinal);
            Assert.Equal(document.File.StartsWith("limit", StringComparison.Ordinal), problem.Status == 429);
        });

    [Fact]
    public void Every_recorded_error_of_a_keyed_service_is_a_failure_that_tells_it()
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null, Testing.Recordings.NoCaptures);
        var errors = OwnDocument.Recorded().Where(document => document.File.StartsWith("error", StringComparison.Ordinal)
            && document.Provider.Block.Credential is not null).ToList();

        Assert.InRange(errors.Count, 20, int.MaxValue);
        Assert.All(errors, document => Assert.Equal(
            ProviderFault.Refused, Assert.Throws<ProviderException>(() => document.Provider.Read(document.Body)).Fault));
    }

    [Theory]
    [InlineData("2026-08-20 23:30:00", "yyyy-MM-dd HH:mm:ss", 8, "2026-08-20T15:30:00Z")]
    [InlineData("2026-08-20 23:30:00", "yyyy-MM-dd HH:mm:ss", 0, "2026-08-20T23:30:00Z")]
    [InlineData("2026-08-20T23:30:00+02:00", "yyyy-MM-ddTHH:mm:sszzz", 0, "2026-08-20T21:30:00Z")]
    public void An_instant_is_read_on_the_clock_of_its_source(string text, string format, int ahead, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), InstantParser.Parse(text, format, TimeSpan.FromHours(ahead)));

    [Theory]
    [InlineData("2026-08-20")]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("")]
    public void What_is_no_instant_is_refused(string text) =>
        Assert.Throws<FormatException>(() => InstantParser.Parse(text, "yyyy-MM-dd HH:mm:ss"));

    private static IEnumerable<OwnDocument> Documents(string name) =>
        OwnDocument.Keys().SelectMany(key => OwnDocument.Of(key.Data))
            .Where(document => document.File.StartsWith(name, StringComparison.Ordinal)
                && document.File.EndsWith(".json", StringComparison.Ordinal));

    private static System.Text.Json.JsonElement Answer(string text) =>
        new ProviderBody(new("GET", ""), Encoding.UTF8.GetBytes(text), null, new(2026, 8, 20)).Json();
}
