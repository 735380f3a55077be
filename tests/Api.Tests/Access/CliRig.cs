using Rates.Cli;
using Rates.Store;
using Rates.Testing;
using Spectre.Console;

namespace Rates.Api.Tests;

/// <summary>A running service with an administrator, and the command line to ask it with.</summary>
public abstract class CliRig : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rates-cli-");

    private protected KestrelApi Api { get; private set; } = null!;

    private protected ISchedules Schedules => Api.Services.GetRequiredService<ISchedules>();

    private protected CommandStore Commands => Api.Services.GetRequiredService<CommandStore>();

    private string PasswordFile => Path.Combine(Folder.FullName, "password");

    public async ValueTask InitializeAsync()
    {
        Api = await KestrelApi.StartAsync(Sample.Store());
        var directory = Api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        await Api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
        await File.WriteAllTextAsync(PasswordFile, Password + "\n", Token);
        await Schedules.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<string> DoneAsync(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.True(run.Code == 0, $"{run.Code}: {run.Output}{run.Error}");
        return run.Output;
    }

    private protected Task<ProgramRun> RunAsync(params string[] args) => RunAsync(args, Environment);

    private protected static async Task<ProgramRun> RunAsync(string[] args, Func<string, string?> environment)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output)
        });
        var code = await RatesCommand.RunAsync(args, console, error, environment);
        return new(code, output.ToString(), error.ToString());
    }

    private protected string? Environment(string name) => name switch
    {
        "RATES_URL" => Api.Address.AbsoluteUri,
        "RATES_USER" => "root",
        "RATES_PASSWORD_FILE" => PasswordFile,
        _ => null,
    };

    /// <summary>Stands for a worker: does every command, but for those about Canada.</summary>
    private protected async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var (id, command) in await Commands.ReadAsync(Token))
            {
                if (!command.Value.HasEnded)
                {
                    var state = command.Value.Provider == "boc" ? CommandState.Failed : CommandState.Done;
                    if (command.Value is { Kind: CommandKind.Replay, Provider: "ecb" })
                    {
                        await Api.Services.GetRequiredService<IEvidence>().WriteReplayAsync(
                            "ecb", id,
                            new(1, [new(17, Sample.EcbSheet.Observations[2], 1.6m)], [], command.Value.Shown is null ? 0 : 1), Token);
                    }

                    await Commands.UpdateAsync(
                        id, command.Revision, command.Value with { State = state, Worker = "test", Message = $"did {command.Value.Kind}" },
                        Token);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }
    }
}
