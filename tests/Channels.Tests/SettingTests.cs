using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Channels.Tests;

/// <summary>Settings that cannot be used end the start, and each is named with its value.</summary>
public sealed class SettingTests
{
    [Theory]
    [InlineData("a:Type=carrier-pigeon", "Rates:Channels:a:Type 'carrier-pigeon' is no transport")]
    [InlineData("a:Address=http://127.0.0.1:1", "Rates:Channels:a:Type '' is no transport")]
    [InlineData("a:Type=grpc;a:Address=127.0.0.1", "Rates:Channels:a:Address '127.0.0.1' is not an address")]
    [InlineData("a:Type=grpc;a:Address=http://u:hunter2@127.0.0.1:1", "Rates:Channels:a:Address has a user or a password in it")]
    [InlineData("a:Type=grpc;a:Address=http://127.0.0.1:1;a:Queue=q", "Rates:Channels:a:Queue is no setting of the type grpc")]
    [InlineData("a:Type=grpc;a:Address=http://127.0.0.1:1;a:Adress=x", "Rates:Channels:a:Adress is not a setting: did you mean 'Address'?")]
    [InlineData("a:Type=grpc;a:Address=http://127.0.0.1:1;a:Operations=rates,mates", "Rates:Channels:a:Operations 'mates' is no operation")]
    [InlineData("a:Type=grpc;a:Address=http://127.0.0.1:1;a:KeyFile=/none/key", "Rates:Channels:a:KeyFile '/none/key' is not there")]
    [InlineData("a:Type=grpc;a:Address=https://127.0.0.1:1", "Rates:Channels:a:CertificateFile '' and CertificateKeyFile ''")]
    [InlineData("a:Type=zeromq;a:Address=tcp://0.0.0.0:5557", "Rates:Channels:a:Address 'tcp://0.0.0.0:5557' can be reached from other")]
    [InlineData("a:Type=zeromq;a:Address=tcp://127.0.0.1:1;a:Events=tcp://10.0.0.1:2", "Rates:Channels:a:Events 'tcp://10.0.0.1:2' can be")]
    [InlineData("a:Type=zeromq;a:Address=tcp://127.0.0.1:1;a:CurveKeyFile=/etc/hosts",
        "Rates:Channels:a:CurveKeyFile '/etc/hosts' does not")]
    [InlineData("a:Type=amqp10;a:Address=http://127.0.0.1:1", "Rates:Channels:a:Address 'http://127.0.0.1:1' is not an address")]
    [InlineData("a:Type=amqp091;a:Address=amqp://127.0.0.1:1;a:Prefetch=0", "Rates:Channels:a:Prefetch '0' is not between 1 and 1000")]
    [InlineData("a:Type=amqp091;a:Address=amqp://127.0.0.1:1;a:User=u", "Rates:Channels:a:User 'u' and PasswordFile ''")]
    [InlineData("a:Type=redis;a:Address=127.0.0.1:1,password=hunter2", "Rates:Channels:a:Address is not one or more servers")]
    [InlineData("a:Type=redis;a:Address=127.0.0.1:1;a:Length=1", "Rates:Channels:a:Length '1' is not between 100 and 10000000")]
    [InlineData("A b:Type=grpc;A b:Address=http://127.0.0.1:1", "Rates:Channels:A b is no channel's name")]
    public async Task A_wrong_setting_is_named(string settings, string message)
    {
        var failure = await Record.ExceptionAsync(() => ChannelHost.StartAsync(
            [.. settings.Split(';').Select(one => one.Split('=', 2)).Select(one => (one[0], one[1]))]));

        var problems = SettingsCheck.Message(Assert.IsAssignableFrom<Exception>(failure));
        Assert.Contains(message, problems, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problems, StringComparison.Ordinal);
        Assert.IsType<OptionsValidationException>(failure);
    }
}
