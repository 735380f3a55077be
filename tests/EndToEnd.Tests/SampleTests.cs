using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>The samples, run as a reader of <c>docs/clients.md</c> would, on the rates that ship with the product.</summary>
public sealed class SampleTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string Samples = Path.Combine(Repository.Root, "samples");

    [Theory]
    [InlineData("dotnet", "Sample", "")]
    [InlineData("python3", "python/rates.py", " (European Central Bank, 2026-04-13, frozen)")]
    [InlineData("node", "node/rates.mjs", " (European Central Bank, 2026-04-13, frozen)")]
    public async Task A_sample_prints_the_rates_of_the_bank(string program, string file, string provenance)
    {
        Need.Program(program, program == "node" ? "nodejs" : program);
        await using var standalone = RatesProcess.Start("Standalone", Settings.Nowhere());
        using var client = await AnnouncedAsync(standalone);
        var path = file == "Sample" ? RatesProcess.FileOf(file) : Path.Combine(Samples, file);

        var run = await ProgramRun.OfAsync(
            new ProcessStartInfo(program, [path, client.BaseAddress!.ToString().TrimEnd('/')]), Eventually.Limit, Cancel);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal($"1 EUR = 0.87058 GBP{provenance}\n1 EUR = 1.1684 USD{provenance}\n", run.Output);
    }

    [Fact]
    public async Task The_page_of_the_django_sample_shows_chosen_providers_side_by_side()
    {
        Need.Program("chromium", "chromium");
        var python = await DjangoPythonAsync();
        Assert.SkipWhen(python is null, "No python3 has django (Debian: apt-get install python3-django)");
        await using var standalone = RatesProcess.Start("Standalone", Settings.Nowhere());
        using var client = await AnnouncedAsync(standalone);
        var address = $"127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(python, [Path.Combine(Samples, "django/app.py"), "runserver", "--noreload", address])
        {
            Environment = { ["RATES_ADDRESS"] = client.BaseAddress!.ToString().TrimEnd('/'), ["PYTHONDONTWRITEBYTECODE"] = "1" },
            UseShellExecute = false,
        };
        using var django = Process.Start(start)!;
        try
        {
            await using var browser = await DevTools.StartAsync(Cancel);
            await Eventually.IsAsync(() => AnswersAsync(client, $"http://{address}/"), () => "django answers", Cancel);
            await browser.SetViewAsync(1280, 800, isDark: false);
            await browser.GoAsync(new($"http://{address}/?providers=ecb&providers=boc&quotes=USD&quotes=CZK"), Cancel);

            var cells = await browser.TextAsync("[...document.querySelectorAll('th,td')].map(cell => cell.innerText).join('|')");

            Assert.Equal(
                "Currency|European Central Bank\n2026-04-13, frozen|Bank of Canada\n2026-03-18, frozen|"
                    + "USD|1.1684|1.150882825|CZK|24.378|–",
                cells);
            Assert.NotEmpty(await browser.PictureAsync());
        }
        finally
        {
            django.Kill(entireProcessTree: true);
        }
    }

    // Until its worker has announced the providers, the service knows their keys alone.
    private static async Task<HttpClient> AnnouncedAsync(RatesProcess standalone)
    {
        var client = await standalone.ClientAsync();
        await Eventually.IsAsync(
            async () => (await client.GetStringAsync("/v1/providers/ecb", Cancel)).Contains("European", StringComparison.Ordinal),
            () => standalone.Output, Cancel);
        return client;
    }

    private static async Task<string?> DjangoPythonAsync()
    {
        // A python of the user's own may hide that of the system, which has the packages of the system.
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            try
            {
                var start = new ProcessStartInfo(python, ["-c", "import django"]);
                if ((await ProgramRun.OfAsync(start, Eventually.Limit, Cancel)).Code == 0)
                {
                    return python;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return null;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string address)
    {
        try
        {
            using var answer = await client.GetAsync(address, Cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
