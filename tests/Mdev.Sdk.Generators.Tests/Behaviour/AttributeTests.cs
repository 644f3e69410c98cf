using Mdev.Sdk.Device;
using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Migration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>What is declared by attributes, read and written as tools do: by text.</summary>
public sealed class AttributeTests : IDisposable
{
    private readonly AttributedDevice _device = new();

    public AttributeTests() => _device.Realize(Guid.NewGuid(), NullLogger.Instance);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Those_of_a_base_class_come_first_and_each_says_what_it_can()
    {
        Assert.Equal(["serial", "family/limit", "text", "muted"], Infos(_device).Take(4).Select(i => i.Name));
        Assert.Equal("A1", Show("serial"));
        Assert.Equal("7", Show("family/limit"));
        Store("family/limit", "0x10");
        Assert.Equal("16", Show("family/limit"));

        Assert.Equal(new MdevAttributeInfo("serial", true, false), Info("serial"));
        Assert.Equal(new MdevAttributeInfo("text", true, true), Info("text"));
        Assert.Equal(new MdevAttributeInfo("show_ports", true, false), Info("show_ports"));
        Assert.Equal(new MdevAttributeInfo("add_port", false, true, "remove_port"), Info("add_port"));
        Assert.Same(Infos(_device), Infos(_device));
    }

    [Theory]
    [InlineData("text", " as it is ", " as it is ")]
    [InlineData("muted", "yes", "1")]
    [InlineData("muted", "On", "1")]
    [InlineData("muted", "true", "1")]
    [InlineData("muted", "off", "0")]
    [InlineData("muted", "N", "0")]
    [InlineData("small", "-128", "-128")]
    [InlineData("small", "-0x80", "-128")]
    [InlineData("small", "+127", "127")]
    [InlineData("word", "0xFFff", "65535")]
    [InlineData("word", "0177", "127")]
    [InlineData("word", "0", "0")]
    [InlineData("large", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("largest", "0xffffffffffffffff", "18446744073709551615")]
    [InlineData("native", "-1", "-1")]
    [InlineData("mode", "always", "Always")]
    [InlineData("mode", "2", "Always")]
    [InlineData("targets", "class, method", "Class, Method")]
    [InlineData("targets", "Method,Class", "Class, Method")]
    [InlineData("owner", "0D9C4C1E-0B0A-4C3F-8F0E-52F3F7C6B0A1", "0d9c4c1e-0b0a-4c3f-8f0e-52f3f7c6b0a1")]
    [InlineData("listing", "one\ntwo", "one\ntwo")]
    [InlineData("listing", "", "")]
    public void A_value_is_written_as_the_kernel_takes_it_and_read_in_one_form(string name, string written, string read)
    {
        Store(name, written);
        Assert.Equal(read, Show(name));

        // What was read can be written back, which undoing relies on.
        Store(name, read);
        Assert.Equal(read, Show(name));
    }

    [Theory]
    [InlineData("muted", "", Errno.EINVAL)]
    [InlineData("muted", "2", Errno.EINVAL)]
    [InlineData("muted", "o", Errno.EINVAL)]
    [InlineData("small", "128", Errno.ERANGE)]
    [InlineData("small", "-129", Errno.ERANGE)]
    [InlineData("small", "", Errno.EINVAL)]
    [InlineData("small", "-", Errno.EINVAL)]
    [InlineData("small", "--1", Errno.EINVAL)]
    [InlineData("word", "65536", Errno.ERANGE)]
    [InlineData("word", "-1", Errno.EINVAL)]
    [InlineData("word", "0x", Errno.EINVAL)]
    [InlineData("word", "0xg", Errno.EINVAL)]
    [InlineData("word", "08", Errno.EINVAL)]
    [InlineData("word", " 1", Errno.EINVAL)]
    [InlineData("word", "1 ", Errno.EINVAL)]
    [InlineData("word", "1\n", Errno.EINVAL)]
    [InlineData("word", "1_000", Errno.EINVAL)]
    [InlineData("word", "١", Errno.EINVAL)]
    [InlineData("largest", "0x10000000000000000", Errno.ERANGE)]
    [InlineData("largest", "99999999999999999999999999999999999999999999999999999999", Errno.ERANGE)]
    [InlineData("mode", "never", Errno.EINVAL)]
    [InlineData("mode", "7", Errno.EINVAL)]
    [InlineData("mode", "", Errno.EINVAL)]
    [InlineData("owner", "0d9c4c1e0b0a4c3f8f0e52f3f7c6b0a1", Errno.EINVAL)]
    public void What_does_not_parse_is_refused_before_the_vendors_code_runs(string name, string written, Errno error)
    {
        var refused = Assert.Throws<MdevException>(() => Store(name, written));
        Assert.Equal(error, refused.Error);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(0, _device.Stores);
    }

    [Fact]
    public void A_refusal_names_what_would_do_and_does_not_repeat_a_flood()
    {
        Assert.Contains("-128 to 127", Assert.Throws<MdevException>(() => Store("small", "128")).Message, StringComparison.Ordinal);
        Assert.Contains("Always", Assert.Throws<MdevException>(() => Store("mode", "?")).Message, StringComparison.Ordinal);

        var attributes = new MdevAttributeSet(_device);
        string said = Assert.Throws<MdevException>(() => attributes.Store("word", new string('\n', 4096))).Message;
        Assert.StartsWith("The attribute word did not take '????", said, StringComparison.Ordinal);
        Assert.True(said.Length < 256);
    }

    [Fact]
    public void Methods_are_commands_and_listings()
    {
        Store("add_port", "1");
        Store("add_port", "2");
        Assert.Equal("1\n2", Show("show_ports"));
        Store("remove_port", "1");
        Assert.Equal("2", Show("show_ports"));
        Assert.Equal("3", Show("static"));
    }

    [Fact]
    public void A_number_that_is_no_attribute_or_not_in_that_direction_reaches_no_code()
    {
        IMdevAttributes attributes = _device;
        Assert.Throws<ArgumentOutOfRangeException>(() => attributes.ShowAttribute(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => attributes.ShowAttribute(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => Show("add_port"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Store("serial", "B"));
    }

    [Fact]
    public void A_devices_run_on_its_lock_and_a_refusal_lets_go_of_it()
    {
        Assert.Equal("1", Show("is_locked"));
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<MdevException>(() => Store("fail", "Somebody has it.")).Error);
        Assert.Throws<InvalidOperationException>(() => Store("break", "in half"));
        Assert.False(_device.Gate.IsHeldByCurrentThread);
        Store("status_bits", "1");
        Assert.True(_device.Status.IsHigh);
    }

    [Fact]
    public void Lines_follow_once_at_the_end_as_after_a_guests_access()
    {
        using EventFd heard = EventFd.TryMake()!;
        Assert.Equal(Errno.None, _device.SetIrqs(0, new IrqSet
        {
            Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger,
            Count = 1,
            EventFds = new SafeFileHandle?[] { new(heard.Descriptor, ownsHandle: false) },
        }));

        Store("status_bits", "0");
        Assert.Equal((false, false), (_device.Status.IsHigh, heard.Drain()));
        Store("status_bits", "2");
        Assert.Equal((true, true), (_device.Status.IsHigh, heard.Drain()));
        Store("alarm_raised", "1");
        Assert.True(_device.Alarm.IsHigh);
    }

    [Fact]
    public void A_device_that_is_stopped_for_a_migration_is_read_and_not_changed()
    {
        Store("small", "5");
        Assert.Equal(Errno.None, _device.SetMigrationState(MigrationState.Stop));
        Assert.Equal("5", Show("small"));
        Assert.Equal(Errno.EBUSY, Assert.Throws<MdevException>(() => Store("small", "6")).Error);
        Assert.Equal(Errno.None, _device.SetMigrationState(MigrationState.Running));
        Store("small", "6");
        Assert.Equal("6", Show("small"));
    }

    [Fact]
    public void A_device_that_has_ended_has_none()
    {
        _device.Dispose();
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => Show("small")).Error);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => Store("small", "6")).Error);
    }

    [Fact]
    public void A_type_shows_what_its_configuration_does_and_changes_nothing()
    {
        IMdevAttributes one = AttributedParent.One;
        Assert.Equal(
            [new("ports", true, false), new("vendor/kind", true, false), new("formats", true, false)],
            one.MdevAttributes);
        Assert.Equal(["1", "Off", "a\nb"], one.MdevAttributes.Select((_, i) => one.ShowAttribute(i)));
    }

    [Fact]
    public void A_parent_has_its_own_and_what_limits_it()
    {
        var parent = new AttributedParent();
        Assert.Equal("40", ((IMdevAttributes)parent).ShowAttribute(0));
        Assert.Equal([new MdevBudget("memory", 16384), new MdevBudget("engines", 8)], parent.Budgets);
        Assert.Equal((8, true, long.MaxValue), (parent.MaxInstances, parent.OneTypeAtATime, parent.Capacity));
        Assert.Equal([new MdevCost("memory", 4096), new MdevCost("engines", 1)], parent.Types[0].Costs);
        Assert.Equal(("one port\nand no more", null), (parent.Types[0].Description, parent.Types[1].Description));
        Assert.Empty(parent.Types[1].Costs);
    }

    [Fact]
    public void What_a_parent_declares_limits_its_instances_and_each_refusal_says_by_what()
    {
        var bus = new MdevBus();
        var parent = new AttributedParent();
        bus.Register(parent);
        (MdevType one, MdevType two) = (parent.Types[0], parent.Types[1]);
        Assert.Equal((4, 8), (one.AvailableInstances, two.AvailableInstances));

        List<Guid> made = [.. Enumerable.Range(0, 4).Select(_ => bus.Create(one, Guid.NewGuid()).Uuid)];
        Assert.Equal((0, 0), (one.AvailableInstances, two.AvailableInstances));
        var refused = Assert.Throws<MdevException>(() => bus.Create(one, Guid.NewGuid()));
        Assert.Equal(Errno.ENOSPC, refused.Error);
        Assert.Contains("memory", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.ENOSPC, Assert.Throws<MdevException>(() => bus.Create(two, Guid.NewGuid())).Error);

        made.ForEach(bus.Remove);
        made = [.. Enumerable.Range(0, 8).Select(_ => bus.Create(two, Guid.NewGuid()).Uuid)];
        Assert.Equal(Errno.EUSERS, Assert.Throws<MdevException>(() => bus.Create(two, Guid.NewGuid())).Error);
        made.ForEach(bus.Remove);
        Assert.Equal((4, 8), (one.AvailableInstances, two.AvailableInstances));
    }

    [Fact]
    public void A_transaction_that_is_refused_leaves_values_and_what_commands_did_as_they_were()
    {
        var attributes = new MdevAttributeSet(_device);
        attributes.Set([new("word", "0x10"), new("add_port", "1")]);
        Assert.Equal(Errno.ERANGE, Assert.Throws<MdevException>(() => attributes.Set(
            [new("word", "17"), new("mode", "always"), new("add_port", "2"), new("word", "18"), new("small", "1000")])).Error);
        Assert.Equal(("16", "Off", "1"), (attributes.Show("word"), attributes.Show("mode"), attributes.Show("show_ports")));
        Assert.Equal(Errno.ENOENT, Assert.Throws<MdevException>(() => attributes.Set([new("word", "17"), new("gone", "1")])).Error);
        Assert.Equal(Errno.EIO, Assert.Throws<MdevException>(() => attributes.Set([new("word", "17"), new("break", "in half")])).Error);
        Assert.Equal("16", attributes.Show("word"));
    }

    private static IReadOnlyList<MdevAttributeInfo> Infos(IMdevAttributes attributes) => attributes.MdevAttributes;

    private MdevAttributeInfo Info(string name) => Infos(_device)[Index(name)];

    private int Index(string name) => Infos(_device).Select(i => i.Name).ToList().IndexOf(name);

    private string Show(string name) => ((IMdevAttributes)_device).ShowAttribute(Index(name));

    private void Store(string name, string value) => ((IMdevAttributes)_device).StoreAttribute(Index(name), value);
}
