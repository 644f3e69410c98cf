using Mdev.Sdk;

namespace Mbochs.Tests;

/// <summary>What the samples' parents offer, and when they have no more.</summary>
public sealed class LifecycleTests
{
    [Theory]
    [InlineData("mbochs-small", 64, "virtual display, 4 MB video memory")]
    [InlineData("mbochs-medium", 16, "virtual display, 16 MB video memory")]
    [InlineData("mbochs-large", 4, "virtual display, 64 MB video memory")]
    [InlineData("mdpy-vga", 4, "virtual display, 640x480 framebuffer")]
    [InlineData("mdpy-xga", 4, "virtual display, 1024x768 framebuffer")]
    [InlineData("mdpy-hd", 4, "virtual display, 1920x1080 framebuffer")]
    public void A_type_says_what_it_is_and_how_many_there_are(string type, int available, string description)
    {
        MdevBus bus = Bus();
        MdevType found = bus.FindType(type);
        Assert.Equal((type, available, description), (found.PrettyName, (int)found.AvailableInstances, found.Description));
    }

    [Theory]
    [InlineData("mbochs-small", 64, Errno.ENOSPC)]
    [InlineData("mbochs-large", 4, Errno.ENOSPC)]
    [InlineData("mdpy-hd", 4, Errno.EUSERS)]
    public void One_more_than_there_are_is_refused_as_by_the_kernel(string type, int available, Errno error)
    {
        MdevBus bus = Bus();
        MdevType found = bus.FindType(type);
        for (int i = 0; i < available; i++)
            bus.Create(found, Guid.NewGuid());
        Assert.Equal(error, Assert.Throws<MdevException>(() => bus.Create(found, Guid.NewGuid())).Error);
        bus.Remove(bus.Instances[0].Uuid);
        bus.Create(found, Guid.NewGuid());
    }

    [Fact]
    public void Vendor_attributes_have_the_kernels_names_and_texts()
    {
        MdevBus bus = Bus();
        Assert.Equal("4 MB", bus.Create(bus.FindType("mbochs-small"), Guid.NewGuid()).Attributes.Show("vendor/memory"));
        Assert.Equal("1920x1080", bus.Create(bus.FindType("mdpy-hd"), Guid.NewGuid()).Attributes.Show("vendor/resolution"));
    }

    [Fact]
    public void A_monitor_is_connected_and_disconnected_by_an_attribute()
    {
        MdevBus bus = Bus();
        MdevInstance display = bus.Create(bus.FindType("mbochs-small"), Guid.NewGuid());
        Assert.Equal("none", display.Attributes.Show("vendor/resolution"));
        display.Attributes.Store("vendor/resolution", "800x600");
        Assert.Equal("800x600", display.Attributes.Show("vendor/resolution"));
        foreach (string wrong in (string[])["1024x768", "800", "800x", "-1x5", "", "63x63"])
            Assert.Equal(Errno.EINVAL, Assert.Throws<MdevException>(() => display.Attributes.Store("vendor/resolution", wrong)).Error);
        Assert.Equal("800x600", display.Attributes.Show("vendor/resolution"));
        display.Attributes.Store("vendor/resolution", "none");
        Assert.Equal("none", display.Attributes.Show("vendor/resolution"));
    }

    private static MdevBus Bus()
    {
        var bus = new MdevBus();
        bus.Register(new MbochsParent());
        bus.Register(new Mdpy.MdpyParent());
        return bus;
    }
}
