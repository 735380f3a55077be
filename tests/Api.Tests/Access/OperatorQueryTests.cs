using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The queries of operators' routes, which are read as strictly as those of the others.</summary>
public sealed class OperatorQueryTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Every_path_of_the_interface_refuses_a_parameter_that_it_does_not_know()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        var paths = AccessTests.Routes(api).Where(route => route.Pattern.StartsWith("/v1/", StringComparison.Ordinal)
            || route.Pattern.StartsWith("/health/", StringComparison.Ordinal)
            || route.Pattern.StartsWith("/openapi/", StringComparison.Ordinal)).ToList();
        Assert.Contains(("GET", "/v1/ops/archive"), paths);
        Assert.Contains(("POST", "/v1/ops/archive"), paths);
        foreach (var (method, pattern) in paths.Where(path => path.Method != "HEAD"))
        {
            var path = string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? "usd" : part));

            using var response = await AccessTests.SendAsync(
                api, method, $"{path}?nonsense=1", AccessTests.Basic("root", Password), method == "GET" ? null : "{}", "*");

            var problem = await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest);
            Assert.True(
                problem.TryGetProperty("parameter", out var named) && named.GetString() == "nonsense", $"{method} {pattern}: {problem}");
        }
    }

    [Theory]
    [InlineData("/v1/ops/runs?count=5&count=6", "count: may be given only once")]
    [InlineData("/v1/ops/runs?provider=ecb&provider=boc", "provider: may be given only once")]
    [InlineData("/v1/ops/runs?Count=5", "Count: there is no such parameter here; did you mean count? known are provider, count")]
    [InlineData("/v1/ops/runs?providers=ecb",
        "providers: there is no such parameter here; did you mean provider? known are provider, count")]
    [InlineData("/v1/ops/archive?until=2026-01-01", "until: there is no such parameter here; known are provider, from, to")]
    [InlineData("/v1/ops/audit?count=", "count: '' is not a number from 1 to 10000")]
    [InlineData("/v1/ops/archive?from=", "from: '' is not a day such as 2026-01-31")]
    [InlineData("/v1/ops/archive?provider=", "provider: '' is no known provider; /v1/providers lists them", HttpStatusCode.NotFound)]
    [InlineData("/v1/ops/quarantine?provider=", "provider: '' is no known provider; /v1/providers lists them", HttpStatusCode.NotFound)]
    [InlineData("/v1/ops/providers?x", "x: there is no such parameter here; known are none")]
    public async Task What_is_wrong_is_named(string path, string message, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Ops);

        using var response = await AccessTests.SendAsync(api, "GET", path, AccessTests.Basic("root", Password));

        Assert.Equal(message, (await ApiFixture.ProblemIn(response, status)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Who_has_no_role_learns_nothing_of_parameters()
    {
        await using var api = new ApiFixture();

        using var response = await AccessTests.SendAsync(api, "GET", "/v1/ops/runs?nonsense=1");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_archive_of_all_years_reads_those_that_may_have_days_and_each_provider_once()
    {
        var archive = new CountedArchive();
        await using var api = new ApiFixture
        {
            Change = services => services.Replace(ServiceDescriptor.Singleton<IArchive>(archive)),
        };
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Ops);

        using var response = await AccessTests.SendAsync(
            api, "GET", "/v1/ops/archive?provider=ecb,ECB&from=0001-01-01&to=9999-12-31", AccessTests.Basic("root", Password));

        // The headers come before the archive is read; its last line comes after.
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"end\"", lines[^1], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1900, Sample.Today.Year + 2 - 1900), archive.Years);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    public async Task An_empty_archive_is_refused(string body)
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);

        using var response = await AccessTests.SendAsync(api, "POST", "/v1/ops/archive", AccessTests.Basic("root", Password), body);

        var problem = await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest);
        Assert.StartsWith("body: is empty", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_its_files_take_other_parameters()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Ops);
        foreach (var path in new[] { "/ops?tab=runs&show=late", "/ops.css?v=1" })
        {
            using var response = await AccessTests.SendAsync(api, "GET", path, AccessTests.Basic("root", Password));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    /// <summary>An archive without days that keeps which years it was asked for.</summary>
    private sealed class CountedArchive : IArchive
    {
        public List<int> Years { get; } = [];

        public Task<IReadOnlyList<string>> ReadArchivedProvidersAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>(["boc", "ecb"]);

        public Task<IReadOnlyList<ArchivedDay>> ReadArchivedDaysAsync(string provider, int year, CancellationToken cancellationToken)
        {
            Years.Add(year);
            return Task.FromResult<IReadOnlyList<ArchivedDay>>([]);
        }

        public Task<string?> ReadArchivedSheetAsync(string provider, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task<int> RestoreDaysAsync(string provider, IReadOnlyList<ArchivedDay> days, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RestoreSheetAsync(string provider, string sheet, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
