using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mdev.Hosting.Tests;

/// <summary>The section Mdev of a program's configuration: what it sets, and what a mistake in it is answered with.</summary>
public sealed class OptionsTests
{
    private const string Device = "Mdev:Parents:lamp0:Devices:0";

    [Fact]
    public async Task Every_option_is_read()
    {
        await using var host = new RunningHost(
            ("Mdev:Poll", "250"), ("Mdev:RemoveDeadline", "00:00:03"), ("Mdev:SocketMode", "0660"), ("Mdev:ResetOnClose", "true"),
            ("Mdev:Autostart", "false"), (Device + ":Uuid", RunningHost.Uuid), (Device + ":Type", "lamp-2"));
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        await host.StartAsync();

        MdevOptions options = host.Provider.GetRequiredService<IOptions<MdevOptions>>().Value;
        Assert.Equal((host.Folder, MdevTreeMode.Off, 250), (options.RuntimeDirectory, options.Tree, options.Poll));
        Assert.Equal((TimeSpan.FromSeconds(3), "0660"), (options.RemoveDeadline, options.SocketMode));
        Assert.Equal((true, false), (options.ResetOnClose, options.Autostart));
        Assert.Equal(RunningHost.Uuid, Assert.Single(options.Parents["lamp0"].Devices).Uuid);
    }

    [Fact]
    public async Task What_the_program_sets_has_the_last_word()
    {
        await using var host = new RunningHost(("Mdev:Poll", "250"));
        host.Services.AddMdev(o => o.Poll = 7);
        await host.StartAsync();
        Assert.Equal(7, host.Provider.GetRequiredService<IOptions<MdevOptions>>().Value.Poll);
    }

    [Theory]
    [InlineData("Mdev:Poll", "10001", "Mdev:Poll is '10001'; it takes 0 to 10000 microseconds.")]
    [InlineData("Mdev:Poll", "-1", "Mdev:Poll is '-1'; it takes 0 to 10000 microseconds.")]
    [InlineData("Mdev:RemoveDeadline", "-00:00:01", "Mdev:RemoveDeadline is '-00:00:01'; it takes 00:00:00 to 01:00:00.")]
    [InlineData("Mdev:SocketMode", "rw", "Mdev:SocketMode is 'rw'; it takes three or four octal digits, such as 0660.")]
    [InlineData("Mdev:SocketMode", "0668", "Mdev:SocketMode is '0668'; it takes three or four octal digits, such as 0660.")]
    [InlineData("Mdev:SocketGroup", "no-such-group", "Mdev:SocketGroup is 'no-such-group'; it takes the name of a group of this machine.")]
    [InlineData("Mdev:Vnc", "5901", "Mdev:Vnc is '5901'; it takes :N or HOST:N, a display of 0 to 59635.")]
    [InlineData("Mdev:Tree", "7", "Mdev:Tree is '7'; it takes On, Off or Required.")]
    [InlineData(Device + ":Uuid", "{83b8f4f2-509f-382f-3c1e-000000000001}", Device + ":Uuid is '{83b8f4f2-509f-382f-3c1e-000000000001}'; it takes a UUID in the form 8-4-4-4-12.")]
    [InlineData(Device + ":Type", "", Device + ":Type is missing; it takes a type's id, as --list-types and mdevctl types show it.")]
    [InlineData(Device + ":Type", "lamp-3", Device + ":Type is 'lamp-3'; lamp0 has lamp-1, lamp-2.")]
    [InlineData(Device + ":Attributes:0:Value", "1", Device + ":Attributes:0:Name is missing.")]
    [InlineData(Device + ":Attributes:0:Name", "colour", Device + ":Attributes:0:Value is missing; an empty text is a value.")]
    [InlineData("Mdev:Parents:lamp1:Devices:0:Uuid", RunningHost.Uuid, "Mdev:Parents:lamp1:Devices:0:Uuid is 83b8f4f2-509f-382f-3c1e-000000000001, which Mdev:Parents:lamp0:Devices:0 has already; give each device its own.")]
    [InlineData("Mdev:Parents:lampO:Devices", "", "Mdev:Parents:lampO is of a parent that the program has not added; there are lamp0, lamp1.")]
    public async Task A_mistake_is_a_sentence_that_names_the_key(string key, string value, string sentence)
    {
        await using var host = new RunningHost([
            (Device + ":Uuid", RunningHost.Uuid), (Device + ":Type", "lamp-2"), ("Mdev:Parents:lamp1:Devices:0:Type", "lamp-1"),
            .. key.Contains("lamp1", StringComparison.Ordinal) ? Array.Empty<(string, string)>()
                : [("Mdev:Parents:lamp1:Devices:0:Uuid", "83b8f4f2-509f-382f-3c1e-000000000002")],
            (key, value)]);
        host.Services.AddMdev().AddParent<LampParent>("lamp0").AddParent<LampParent>("lamp1");
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(sentence, refused.Failures);
        Assert.Empty(host.Files);
    }

    [Theory]
    [InlineData("Mdev:Tree", "Sometimes")]
    [InlineData("Mdev:Poll", "often")]
    [InlineData("Mdev:ResetOnClose", "perhaps")]
    [InlineData("Mdev:RemoveDeadline", "10 s")]
    public async Task What_is_no_value_of_its_kind_is_refused_by_its_key(string key, string value)
    {
        await using var host = new RunningHost((key, value));
        host.Services.AddMdev();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.Contains($"'{key}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(value, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_key_is_not_overlooked()
    {
        await using var host = new RunningHost(("Mdev:SocketMod", "0660"));
        host.Services.AddMdev();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.Contains("'SocketMod'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        await using var host = new RunningHost(("Mdev:Poll", "-1"), ("Mdev:SocketMode", "rw"), (Device + ":Type", "lamp-1"));
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Equal(3, refused.Failures.Count());
    }

    [Fact]
    public async Task A_directory_that_is_too_long_for_sockets_is_refused()
    {
        await using var host = new RunningHost(("Mdev:RuntimeDirectory", "/tmp/" + new string('x', 58)));
        host.Services.AddMdev();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("it takes a path of 1 to 62 bytes", refused.Message, StringComparison.Ordinal);
    }
}
