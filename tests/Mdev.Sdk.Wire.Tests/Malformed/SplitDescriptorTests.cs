using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>
/// Descriptors belong to the message they were sent with, however its bytes arrive. Source: vfio-user.md, "Behaviour
/// recommended for the SDK", Framing.
/// </summary>
public sealed class SplitDescriptorTests : WireTest
{
    private const uint EventFdTrigger = 0x24;
    private const uint Intx = 0;
    private const uint Err = 3;

    private readonly EventFd _first = new();
    private readonly EventFd _second = new();

    public override void Dispose()
    {
        base.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void A_message_cut_anywhere_keeps_its_descriptor_though_another_follows_at_once()
    {
        byte[] arm = Raw.SetIrqsMessage(EventFdTrigger, Intx, 0, 1);
        for (int cut = 1; cut < arm.Length; cut++)
        {
            Connection.Send(arm.AsSpan(0, cut), _first.Descriptor);
            Thread.Sleep(2);
            Connection.Send([.. arm[cut..], .. Raw.ReadMessage(0, 0, 4)]);
            AssertAccepted();
            AssertAccepted();
            Client.SetIrqs(Intx, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 1);
            Assert.Equal(1ul, _first.Take());
        }
    }

    [Fact]
    public void Two_messages_whose_bytes_arrive_together_keep_a_descriptor_each()
    {
        byte[] one = Raw.SetIrqsMessage(EventFdTrigger, Intx, 0, 1), other = Raw.SetIrqsMessage(EventFdTrigger, Err, 0, 1);
        lock (Server.Device.Gate)
        {
            // The session waits for the device's lock, and the rest piles up before it.
            Connection.Send(Raw.ReadMessage(0, 0, 4));
            Thread.Sleep(20);
            Connection.Send(one.AsSpan(0, 1), _first.Descriptor);
            Connection.Send(one.AsSpan(1));
            Connection.Send(other, _second.Descriptor);
        }

        AssertAccepted();
        AssertAccepted();
        AssertAccepted();
        Client.SetIrqs(Intx, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 1);
        Client.SetIrqs(Err, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 1);
        Assert.Equal(1ul, _first.Take());
        Assert.Equal(1ul, _second.Take());
    }

    [Fact]
    public void As_many_descriptors_as_the_kernel_passes_may_come_with_each_of_two_messages_of_which_one_is_cut()
    {
        int[] many = new int[253];
        Array.Fill(many, _first.Descriptor);
        int before = Holdings.Descriptors;
        lock (Server.Device.Gate)
        {
            Connection.Send(Raw.ReadMessage(0, 0, 4));
            Thread.Sleep(20);
            Connection.Send(Raw.GetInfoMessage().AsSpan(0, 20), many);
            Connection.Send(Raw.GetInfoMessage().AsSpan(20));
            Connection.Send(Raw.GetInfoMessage(), many);
        }

        AssertAccepted();
        for (int i = 0; i < 2; i++)
        {
            using VfioUserFrame refused = Connection.Receive();
            Assert.Equal(Errno.EINVAL, refused.Error);
        }
        AssertInStep();
        Assert.Equal(before, Holdings.Descriptors);
    }

    private void AssertAccepted()
    {
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
    }
}
