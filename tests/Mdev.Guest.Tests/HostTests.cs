namespace Mdev.Guest.Tests;

/// <summary>Host processes inside the guest, where there is /dev/cuse.</summary>
public sealed class HostTests
{
    [LabFact]
    public void A_host_process_serves_in_a_guest_that_has_character_devices_in_user_space()
    {
        using var programs = new GuestPrograms(Paths.Mtty);
        using Guest guest = Guest.StartWith(programs, Paths.Lab("scripts/host"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
    }

    [LabFact]
    public void A_serial_port_s_far_end_and_VFIO_s_ioctls_are_nodes_that_cat_stty_and_a_terminal_program_use()
    {
        using var programs = new GuestPrograms(Paths.Mtty);
        using Guest guest = Guest.StartWith(programs, Paths.Lab("scripts/serial-node"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(22, guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }

    [LabFact]
    public void Every_file_operation_that_a_vendor_declares_works_on_a_node()
    {
        using var programs = new GuestPrograms(Paths.Devices);
        using Guest guest = Guest.StartWith(programs, Paths.Lab("scripts/message-card"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(16, guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }

    [LabFact]
    public void The_client_of_character_devices_says_of_the_kernel_s_own_what_is_known_of_them()
    {
        using Guest guest = Guest.StartWith([], Paths.Lab("scripts/char-device"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
    }

    [LabFact]
    public void The_tests_of_devices_pass_over_their_nodes()
    {
        using var programs = new GuestPrograms(Paths.DeviceTests);
        using Guest guest = Guest.StartWith(programs, Paths.Lab("scripts/device-tests"), "--timeout", "600");

        Assert.True(guest.WaitForEnd(TimeSpan.FromSeconds(630)) == 0, guest.Output);
        Assert.True(guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)) >= 20, guest.Output);
    }
}
