using Mdev.Sdk;

namespace Mtty.Tests;

/// <summary>The one attribute that the kernel's mtty has of its own.</summary>
public sealed class AttributeTests
{
    [Fact]
    public void An_instance_says_which_one_it_is()
    {
        var bus = new MdevBus();
        var parent = new MttyParent(_ => null);
        bus.Register(parent);
        MdevInstance instance = bus.Create(parent.Types[0], Guid.NewGuid());

        Assert.Equal([new MdevAttributeInfo("vendor/sample_mdev_dev", true, false)], instance.Attributes.Infos);
        Assert.Equal($"This is MDEV {((MttyDevice)instance.Device).Uuid}", instance.Attributes.Show("vendor/sample_mdev_dev"));
        bus.Remove(instance.Uuid);
    }
}
