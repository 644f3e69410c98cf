using Mdev.Sdk;
using Mdev.Sdk.Interrupts;
using Microsoft.Win32.SafeHandles;
using EventFd = Mdev.Sdk.Testing.EventFd;

namespace Mdev.Devices.Tests;

/// <summary>A parent that is configured by attributes alone. Source: Linux Documentation/arch/s390/vfio-ap.rst.</summary>
public sealed class ApMatrixTests : IDisposable
{
    private const string Nothing = "0x0000000000000000000000000000000000000000000000000000000000000000";

    private readonly MdevBus _bus = new([new RealizingService()]);
    private readonly ApParent _parent = new();

    public ApMatrixTests() => _bus.Register(_parent);

    public void Dispose()
    {
        foreach (MdevInstance instance in _bus.Instances)
            _bus.Remove(instance.Uuid);
    }

    [Fact]
    public void It_is_what_the_kernel_calls_it()
    {
        MdevType type = Assert.Single(_parent.Types);
        Assert.Equal(("vfio_ap-passthrough", "VFIO AP Passthrough Device", "vfio-ap"), (type.Id, type.PrettyName, _parent.DeviceApi));
        Assert.Equal(65536, type.AvailableInstances);
        Assert.Equal("ap_config dyn", _parent.Attributes.Show("features"));
        Assert.Empty(type.Attributes.Infos);
    }

    [Fact]
    public void Queues_are_adapters_by_domains_and_numbers_are_decimal_hexadecimal_or_octal()
    {
        MdevAttributeSet matrix = Create().Attributes;
        foreach ((string name, string value) in ((string, string)[])[("adapter", "5"), ("adapter", "0x6"), ("domain", "04"), ("domain", "0x47"), ("control_domain", "71")])
            matrix.Store("assign_" + name, value);
        Assert.Equal("05.0004\n05.0047\n06.0004\n06.0047", matrix.Show("matrix"));
        Assert.Equal("0047", matrix.Show("control_domains"));
        Assert.Equal(
            "0x0600000000000000000000000000000000000000000000000000000000000000,0x0800000000000000010000000000000000000000000000000000000000000000,0x0000000000000000010000000000000000000000000000000000000000000000",
            matrix.Show("ap_config"));

        matrix.Store("unassign_adapter", "5");
        matrix.Store("unassign_domain", "0x47");
        matrix.Store("unassign_control_domain", "0107");
        Assert.Equal(("06.0004", ""), (matrix.Show("matrix"), matrix.Show("control_domains")));
    }

    [Theory]
    [InlineData("assign_adapter", "16", Errno.ENODEV)]
    [InlineData("assign_domain", "85", Errno.ENODEV)]
    [InlineData("assign_control_domain", "300", Errno.ENODEV)]
    [InlineData("assign_adapter", "five", Errno.EINVAL)]
    [InlineData("assign_adapter", "-1", Errno.EINVAL)]
    [InlineData("assign_adapter", "0x100000000", Errno.ERANGE)]
    [InlineData("ap_config", "0x1", Errno.EINVAL)]
    [InlineData("ap_config", Nothing + "," + Nothing, Errno.EINVAL)]
    [InlineData("ap_config", Nothing + "," + Nothing + "," + "0x000000000000000000000000000000000000000000000000000000000000000g", Errno.EINVAL)]
    [InlineData("ap_config", Nothing + "," + Nothing + "," + "0x0000000000000000000000000000000000000000000000000000000000000001", Errno.ENODEV)]
    [InlineData("matrix", "05.0004", Errno.EACCES)]
    [InlineData("guest_matrix", "05.0004", Errno.ENOENT)]
    public void What_cannot_be_is_refused_and_changes_nothing(string name, string value, Errno error)
    {
        MdevAttributeSet matrix = Create(("assign_adapter", "1"), ("assign_domain", "2")).Attributes;
        Assert.Equal(error, Assert.Throws<MdevException>(() => matrix.Store(name, value)).Error);
        Assert.Equal("01.0002", matrix.Show("matrix"));
    }

    [Fact]
    public void A_command_cannot_be_read() =>
        Assert.Equal(Errno.EACCES, Assert.Throws<MdevException>(() => Create().Attributes.Show("assign_adapter")).Error);

    [Fact]
    public void A_queue_that_another_instance_has_is_refused_by_name_and_holder()
    {
        MdevInstance one = Create(("assign_adapter", "5"), ("assign_domain", "4")), other = Create(("assign_adapter", "5"), ("assign_domain", "5"));
        var refused = Assert.Throws<MdevException>(() => other.Attributes.Store("assign_domain", "4"));
        Assert.Equal(Errno.EADDRINUSE, refused.Error);
        Assert.Equal($"The attribute assign_domain did not take '4': Queue 05.0004 is assigned to {one.Uuid} already.", refused.Message);
        Assert.Equal("05.0005", other.Attributes.Show("matrix"));

        _bus.Remove(one.Uuid);
        other.Attributes.Store("assign_domain", "4");
        Assert.Equal("05.0004\n05.0005", other.Attributes.Show("matrix"));
    }

    [Fact]
    public void A_whole_configuration_is_set_at_once_and_moves_by_its_text()
    {
        MdevInstance one = Create(("assign_adapter", "5"), ("assign_domain", "4"), ("assign_control_domain", "4")), other = Create();
        string config = one.Attributes.Show("ap_config");
        Assert.Equal([new AttributeValue("ap_config", config)], one.Attributes.Snapshot());
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<MdevException>(() => other.Attributes.Store("ap_config", config)).Error);

        one.Attributes.Store("ap_config", $"{Nothing},{Nothing},{Nothing}");
        other.Attributes.Store("ap_config", config);
        Assert.Equal(("", "05.0004"), (one.Attributes.Show("matrix"), other.Attributes.Show("matrix")));
    }

    [Fact]
    public void An_instance_whose_attributes_are_refused_is_not_made_and_holds_nothing()
    {
        MdevInstance one = Create(("assign_adapter", "5"), ("assign_domain", "4"));
        var uuid = Guid.NewGuid();
        var refused = Assert.Throws<MdevException>(() => _bus.Create(
            _parent.Types[0], uuid, [new("assign_domain", "6"), new("assign_domain", "4"), new("assign_adapter", "5")]));
        Assert.Equal(Errno.EADDRINUSE, refused.Error);
        Assert.Equal([one], _bus.Instances);
        Assert.Null(_bus.Find(uuid));
        Assert.Equal(65535, _parent.Types[0].AvailableInstances);

        one.Attributes.Store("assign_domain", "6");
        Assert.Equal("05.0004\n05.0006", one.Attributes.Show("matrix"));
    }

    [Fact]
    public void A_transaction_is_all_or_nothing_also_where_a_command_had_nothing_to_do()
    {
        MdevInstance matrix = Create(("assign_adapter", "5"), ("assign_domain", "4"));
        string before = matrix.Attributes.Show("ap_config");
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => matrix.Attributes.Set(
            [new("assign_adapter", "5"), new("assign_adapter", "6"), new("unassign_domain", "4"), new("assign_domain", "200")])).Error);
        Assert.Equal(before, matrix.Attributes.Show("ap_config"));

        matrix.Attributes.Set([new("assign_adapter", "6"), new("unassign_domain", "4"), new("assign_domain", "7")]);
        Assert.Equal("05.0007\n06.0007", matrix.Attributes.Show("matrix"));
    }

    [Fact]
    public void A_guest_is_told_of_each_change_and_of_nothing_that_was_refused()
    {
        MdevInstance instance = Create();
        var matrix = (ApMatrix)instance.Device;
        using var changed = new EventFd();
        Assert.Equal(Errno.None, matrix.SetIrqs(1, new IrqSet
        {
            Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger,
            Count = 1,
            EventFds = new SafeFileHandle?[] { new(changed.Descriptor, ownsHandle: false) },
        }));

        instance.Attributes.Store("assign_adapter", "5");
        instance.Attributes.Store("assign_domain", "5");
        Assert.Equal(2ul, changed.Take());
        Assert.Throws<MdevException>(() => instance.Attributes.Store("assign_domain", "200"));
        Assert.Equal(0ul, changed.Take());
    }

    [Fact]
    public void Sixteen_threads_that_want_one_queue_leave_it_with_one_instance()
    {
        MdevInstance[] instances = [.. Enumerable.Range(0, 16).Select(_ => Create(("assign_adapter", "5")))];
        for (int round = 0; round < 50; round++)
        {
            int held = 0;
            Parallel.ForEach(instances, new ParallelOptions { MaxDegreeOfParallelism = 16 }, instance =>
            {
                try
                {
                    instance.Attributes.Store("assign_domain", "4");
                    Interlocked.Increment(ref held);
                }
                catch (MdevException e) when (e.Error == Errno.EADDRINUSE)
                {
                }
            });
            Assert.Equal(1, held);
            Assert.Single(instances, i => i.Attributes.Show("matrix") == "05.0004");
            foreach (MdevInstance instance in instances)
                instance.Attributes.Store("unassign_domain", "4");
        }
    }

    private MdevInstance Create(params (string Name, string Value)[] attributes) =>
        _bus.Create(_parent.Types[0], Guid.NewGuid(), [.. attributes.Select(a => new AttributeValue(a.Name, a.Value))]);
}
