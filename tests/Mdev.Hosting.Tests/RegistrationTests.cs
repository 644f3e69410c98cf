using Mdev.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mdev.Hosting.Tests;

/// <summary>AddMdev and AddParent: what the container makes, and what a program gets of it.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task The_container_makes_parents_with_what_their_constructors_ask_for()
    {
        await using var host = new RunningHost();
        host.Services.AddMdev().AddParent<LampParent>();
        await host.StartAsync();

        LampParent parent = Assert.IsType<LampParent>(Assert.Single(host.Bus.Parents));
        Assert.Equal(("lamp", "lamp"), (parent.Name, parent.Driver));
        Assert.Same(host.Provider.GetRequiredService<Supply>(), parent.Supply);
        Assert.Same(host.Provider.GetRequiredService<LampParent>(), parent);
    }

    [Fact]
    public async Task There_may_be_several_parents_of_a_class()
    {
        await using var host = new RunningHost();
        host.Services.AddMdev().AddParent<LampParent>("lamp0").AddParent<LampParent>("lamp1", o => o.Devices.Add(
            new() { Uuid = RunningHost.Uuid, Type = "lamp-2" }));
        await host.StartAsync();

        Assert.Equal(["lamp0", "lamp1"], host.Bus.Parents.Select(p => p.Name));
        MdevInstance instance = Assert.Single(host.Bus.Instances);
        Assert.Same(host.Provider.GetRequiredKeyedService<LampParent>("lamp1"), instance.Type.Parent);
        Assert.Equal(8, host.Bus.FindType("lamp0", "lamp-1").AvailableInstances);
        Assert.Equal(6, host.Bus.FindType("lamp1", "lamp-1").AvailableInstances);
    }

    [Fact]
    public async Task Adding_the_same_again_changes_nothing()
    {
        await using var host = new RunningHost();
        static void Say(MdevParentOptions options) => options.Devices.Add(new() { Uuid = RunningHost.Uuid, Type = "lamp-1" });
        host.Services.AddMdev().AddParent<LampParent>("lamp0", Say);
        host.Services.AddMdev().AddParent<LampParent>("lamp0", Say);
        host.Services.AddHealthChecks().AddMdev();
        await host.StartAsync();
        Assert.Single(host.Bus.Parents);
        Assert.Single(host.Bus.Instances);
    }

    [Fact]
    public void A_name_belongs_to_one_class()
    {
        var services = new ServiceCollection();
        MdevBuilder builder = services.AddMdev().AddParent<LampParent>("card");
        var refused = Assert.Throws<ArgumentException>(() => builder.AddParent<ClockParent>("card"));
        Assert.Contains("A parent named card has been added already, a LampParent", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void A_name_is_the_name_of_a_file(string name) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddMdev().AddParent<LampParent>(name));

    [Fact]
    public async Task An_attribute_that_a_register_holds_is_there_when_the_instance_is()
    {
        await using var host = new RunningHost();
        host.Services.AddMdev().AddParent<LampParent>();
        await host.StartAsync();
        MdevInstance instance = host.Bus.Create(host.Bus.FindType("lamp-1"), Guid.Parse(RunningHost.Uuid), [new("light", "7")]);
        Assert.Equal("7", instance.Attributes.Show("light"));
        using VfioUserClient client = VfioUserClient.Connect(host.Mdev.SocketOf(instance.Uuid)!);
        Assert.Equal(new byte[] { 7, 0, 0, 0 }, client.ReadRegion(0, 0, 4));
    }

    [Fact]
    public async Task A_program_makes_lists_watches_and_removes_instances_by_the_bus()
    {
        await using var host = new RunningHost();
        host.Services.AddMdev().AddParent("lamp0", services => new LampParent(new Supply { Volts = 12 }));
        await host.StartAsync();
        var seen = new List<(MdevBusEventKind, Guid?)>();
        host.Bus.Changed += e => seen.Add((e.Kind, e.Instance?.Uuid));

        Guid uuid = Guid.Parse(RunningHost.Uuid);
        host.Bus.Create(host.Bus.FindType("lamp-1"), uuid);
        string socket = host.Mdev.SocketOf(uuid)!;
        Assert.Equal(Path.Combine(host.Folder, uuid + ".sock"), socket);
        using (VfioUserClient client = VfioUserClient.Connect(socket))
            Assert.Equal(new byte[] { 12, 0, 0, 0 }, client.ReadRegion(0, 4, 4));

        Assert.Equal(uuid, Assert.Single(host.Bus.Instances).Uuid);
        await host.Bus.RemoveAsync(uuid);
        Assert.Null(host.Mdev.SocketOf(uuid));
        Assert.False(File.Exists(socket));
        Assert.Equal(
            [(MdevBusEventKind.InstanceAdded, uuid), (MdevBusEventKind.InstanceRemoving, uuid), (MdevBusEventKind.InstanceRemoved, (Guid?)uuid)],
            seen);
    }

    [Fact]
    public async Task A_program_without_configuration_is_served_too()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection();
        services.AddSingleton(new Supply());
        services.AddMdev(o => (o.RuntimeDirectory, o.Tree) = (folder.Path, MdevTreeMode.Off)).AddParent<LampParent>();
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Empty(provider.GetRequiredService<MdevBus>().Parents);
    }
}
